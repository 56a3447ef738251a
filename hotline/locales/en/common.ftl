### Words shared by calls, chats and the desk. Translated from the Russian.

# Emergency numbers of Kyrgyzstan: seen, libphonenumber short-number data; re-check before going live.
-police-number = 102
-ambulance-number = 103

# A partner's number: config/dialing.toml has its source and the day it was checked.
-consular-number = +996 999 312 002
-consular-spoken = +996, 999, 31, 20, 02

app-name = Hotline 189

lang-ky = Kyrgyz
lang-ru = Russian
lang-uz = Uzbek
lang-en = English

# Topics a person chooses before the talk (config/taxonomy/intake_topics.yaml).
intake-topic-abroad = Work abroad, leaving
intake-topic-documents = Documents, right to stay
intake-topic-wages = Wages, trouble at work
intake-topic-ban = Entry ban, deportation
intake-topic-missing = Missing person
intake-topic-danger = Danger, exploitation
intake-topic-other = Another question

## Errors: what to show to a person. The code is the one in the server's answer.

error-title = That did not work
error-back = Go back
error-unknown = Something went wrong. Please try again.
error-unknown-url = There is no such page.
error-not-found = Not found or not yours.
error-conflict = Somebody was faster. Please reload the page.
error-invalid = Please check the marked fields.
error-required = This is needed.
error-too-long = This is too long.
error-not-an-option = There is no such choice.
error-unknown-field = The form has no such field.
error-wrong-type = This value is of the wrong kind.
error-too-large = This is too large.
error-too-slow = The request took too long. Please repeat.
error-method = That cannot be done here.
error-offer-gone = The contact has gone to another operator or has left.
error-contact-not-yet-free = The contact is just leaving a colleague. Please press again.
error-record-conflict = Somebody else changed the record. Please compare both versions.
error-not-on-shift = Please start your shift first.
error-already-acknowledged = Another person has already acknowledged the escalation.
error-wrong-login = Wrong name or password.
error-session-over = Your session is over. Please sign in again.
error-csrf = The page is out of date. Please reload it and repeat.
error-origin = The request came from a foreign page and was refused.
error-limit = Too many attempts. Please wait a little and try again.
error-unavailable = The service does not answer at the moment. Please try a little later.
error-carrier-down = The telephone connection does not answer at the moment. Please try again.
error-message-undeliverable = The message cannot be delivered: the person cannot be reached on this channel.
error-outcome-unknown = It is not known whether it arrived. Please check before repeating.
error-not-yours = Another operator has this contact.
error-contact-over = The contact is over.
error-busy = Please finish the current conversation first.
error-carrier-cannot = This carrier cannot do that.
error-transfer-open = The contact is being handed on. Finish or cancel that first.
error-no-transfer = Nothing is being handed on now.
error-transfer-not-there = The person you hand on to is not on the line yet.
error-colleague-busy = This colleague is busy now.
error-colleague-sealed = Only a senior operator may take over this contact.
error-take-unavailable = Say that you are available first, then take the contact.
error-take-busy = You have no room for another contact now. Finish what you have in hand first.
error-take-sealed = Only senior operators may take this contact.
error-assign-off-shift = This colleague is not on shift.
error-assign-break = This colleague is on a break, or has asked for one.
error-assign-not-answering = This colleague does not answer now.
error-assign-busy = This colleague is busy and has no room for another contact.
error-assign-asked = This colleague is just being asked about another contact.
error-assign-sealed = Only senior operators may take this contact.
error-number-not-allowed = This number cannot be called from here.
error-too-many-people = There are too many people in the talk.
error-already-on-a-call = You are on another call.
error-form-changed = The form has changed. Please open the record again.
error-internal = Internal error. It has been noted.
error-update-failed = A message could not be handled; it will be read again.
error-chat-not-open = This chat is not yours now, or is already closed.
error-asked-to-stop = The person asked for no more messages here. To answer all the same, write a new message.
error-message-decided = This message has already been decided.
error-message-not-sent = This message has not gone out yet: it cannot be changed now.
error-message-fixed = This message cannot be changed. Write a new one.
error-link-decided = This was decided already.
hours-always = round the clock
error-message-invalid = This message cannot be sent.
error-invalid-input = Please check the marked fields.
error-invalid-json = The request could not be read.
error-bad-media-type = This kind of content is not accepted here.
error-too-many-fields = The form has too many fields.
error-field-too-long = One of the fields is too long.
error-text-too-long = The text is too long.
error-database-away = The records cannot be reached at the moment. Please try a little later.
error-contacts-in-hand = Please finish your contacts first.
error-wrap-up-extended = You have had more time for this record already.
error-wrap-up-over = The time for this record is over. It is kept: you can still finish it.
error-wrap-up-not-begun = The conversation is still going on.
error-no-contact-before = A pause is possible during wrap-up, or within 10 minutes after a contact; one for each contact.
error-demo-only = This is possible in demo mode only.
error-last-administrator = This is the last administrator; appoint another one first.
error-login-busy = Too many people are signing in. Please repeat in a minute.
error-login-factor = Signing in with a second factor is not available now.
error-login-taken = This sign-in name is taken.
error-login-wait = Too many attempts. Please wait a little and try again.
error-login-wrong = Wrong name or password.
error-password-guessable = This password is easy to guess. Please choose another one.
error-password-length = The password needs 15 to 128 characters.
error-staff-invalid = Please check the staff member's details.
error-case-closed = This escalation is already closed.
error-case-not-acknowledged = Please acknowledge the escalation first.
error-contact-not-talking = The conversation has not begun yet.
error-danger-without-escalation = The record holds something a supervisor should know, but none was told.

## To the person on duty: an SMS without personal data or subject, 70 characters at most.

duty-sms = Urgent: { $code } is waiting for you. Please open the desk.

## Time

opens-always = round the clock

## Calling back

error-callback-too-late = The promise to call back is no longer valid at that time. Please choose an earlier one.
error-callback-cannot = This number cannot be called.
error-message-unheard = Listen to the message first: it may say that calling is dangerous.
error-callback-wrong-time = Choose a time from now to 30 days ahead, 24 hours long at most.
error-callback-promised = A call to this number is promised already. Move that one.
error-callback-number-needed = Give a number to call.
error-contact-not-allowed = This person asked not to be called.
error-outside-safe-window = It is not safe to call at that time.
## The operator's own telephone

error-own-phone = Give a full number that may be rung from here (such as +996 555 123 456), or an address sip:name@server.
error-own-phone-sip = Only addresses like sip:name@server can be rung here.
error-own-phone-unknown = Give your own telephone first.
error-no-recording = There is nothing recorded here that could be changed.
error-recording-ruled-out = Talks cannot be recorded here.
error-file-empty = The file is empty.
error-file-damaged = The file is damaged and cannot be sent.
error-file-too-large = The file is too large: up to 10 MB can be sent.
error-file-not-listed = Files of this type are not sent: photo, PDF, sound or video are.
error-file-too-slow = The file took too long to arrive. Try again on a better line.
error-no-files-here = Files cannot be sent on this channel.
error-shift-overlaps = This person has a shift at that time already.
error-absence-overlaps = You have asked for some of these days already.
error-roster-decided = This wish is decided, or was withdrawn.
error-swap-over = This shift is no longer given away: somebody took it, it was kept or changed, or it overlaps another shift.
error-swap-taker-gone = Whoever took this shift no longer works on the line. Refuse, and it can be offered to others.
