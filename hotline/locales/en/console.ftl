### The desk of staff. The Russian text is the source.

## Sign in

login-title = Sign in
login-lead = The desk of hotline 189
login-name = Login
login-password = Password
login-go = Sign in
login-help = Forgot your password? Ask your supervisor or administrator.
login-private = For staff only. Everything done here is on record.
login-languages = Language of this page

## The frame

app-title = Hotline 189
app-loading = Opening the desk…
app-no-script = The desk needs JavaScript. Please turn it on in the browser.
skip-to-content = Skip to content
nav-name = Sections
nav-desk = Desk
nav-log = Log
nav-cases = Escalations
nav-jobs = Failed jobs
nav-audit = Audit
nav-count = { $n } open
link-online = Connected
link-slow = Slow connection
link-resyncing = Updating
link-offline = No connection
theme-system = Colours as in the system
theme-light = Light theme
theme-dark = Dark theme
action-log-out = Sign out
action-cancel = Cancel
action-clear = Clear
action-close-window = Close the window
action-try-again = Try again
yes = Yes
no = No
not-said = not said
other-tab-title = The desk is open in another tab
other-tab-text = Calls and messages come to one tab only. If you move your work here, the other tab stops.
other-tab-use = Use it here
ended-title = Your session has ended
ended-text = Please sign in again. What was saved on the server is still there; what was not sent waits for you on this computer.
ended-login = Sign in again
ended-talking = You are still on the line with the caller.
update-text = There is a new version. You can reload while you have no contact.
update-reload = Reload
reload-title = A call is in progress
reload-text = Reloading cuts the sound. You can come back to the call with a button.
reload-go = Reload anyway

## States of lists and panels

state-loading = Loading
state-failed = This could not be loaded.
state-code = Code for support: { $code }
state-denied = Not found or not yours. If you need it for your work, ask an administrator.
state-panel-failed = This part of the screen failed. The rest keeps working.
fail-line = The server did not answer. Check the connection and try again.
fail-unexpected = That did not work. Try again or tell an administrator.
fail-form = The record form did not load. Reload the page.
fail-module = This part of the page did not load. Reload the page.
offline-text = No connection. Your work is kept on this computer.
offline-waiting =
    { $n ->
        [one] { $n } message waits to be sent
       *[other] { $n } messages wait to be sent
    }
offline-not-now = This needs the connection

## Time

fmt-today = Today
fmt-yesterday = Yesterday
fmt-date =
    { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
fmt-date-year =
    { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }

## Start of shift and presence

start-title = Hello, { $name }
start-text = Check the sound and start your shift: until then nobody is offered to you.
start-phone = Telephone
start-go = Start shift
start-no-microphone = The microphone is not allowed. Allow it in the browser and start again.
phone-browser = This computer
phone-browser-hint = Talk with a headset in the browser
phone-fake = Training telephone
phone-fake-hint = Without sound: for training and tests
check-line-ok = Connected to the server
check-line-wait = Not connected to the server yet
check-sound = Sound
check-sound-test = Test ring
check-volume = Volume
check-notices = Notices while the window is hidden
check-notices-allow = Allow
check-clock-ok = The clock is right
check-clock-off = This computer's clock is wrong; times on the screen are corrected
presence-offline = Not on shift
presence-available = Available
presence-busy = Busy
presence-wrap-up = Finishing a record
presence-break = On a break
presence-not-answering = Not answering
break-short = short
break-meal = meal
break-meeting = meeting
break-training = training
break-technical = technical
break-hard-call = after a hard call
break-now = Break: { $reason }
break-after-contact = After this contact: { $reason }
break-planned = your break begins after this contact
break-take-back = Take back
pause-hard-call = Pause after a hard call
pause-planned = your pause begins after this contact
pause-text = It ends by itself; until then nothing is offered to you.
shift-end = End shift
shift-end-open =
    { $n ->
        [one] Finish { $n } contact first.
       *[other] Finish { $n } contacts first.
    }
away-title = Are you there?
away-text = An offer was not answered, so no new contacts are offered to you.
away-back = Back to work
sound-off-text = Sound is off until you click once.
sound-on = Turn sound on
notices-off-text = While the window is hidden an escalation may go unnoticed.
expiring-title = Your session ends soon
expiring-last = It cannot be prolonged: sign in again when you are done.
expiring-stay = Stay
contact-gone = A contact went back to the queue: { $why }.

## Channels and states of a contact

channel-voice = Call
channel-telegram = Telegram
channel-sms = SMS
card-intake = In the menu
card-waiting = Waiting
card-reserved = Connecting
card-talking = Talking
card-wrap-up = Wrap-up
card-unfinished = Record not finished
card-closed = Closed
outcome-answered = Answered
outcome-abandoned = Left while waiting
outcome-left-in-intake = Left in the menu
outcome-out-of-hours = Out of hours
outcome-rejected = Rejected
outcome-silent = Silent
outcome-unfinished = Record not finished
danger-flag = Danger
alarm-flag = Silent alarm: not alone
topic-none = no topic said

## Offers, own contacts, queue

offers-title = Offers
offer-call = Incoming call
offer-chat = New chat
offer-answer = Answer
offer-take = Accept
offer-pass = Pass
offer-left = Time left to answer
offer-waits = Waiting
offer-history =
    { $n ->
        [one] { $n } time before
       *[other] { $n } times before
    }
pass-paperwork = Finishing a record
pass-language = Not my language
pass-topic = Not my topic
pass-know-caller = I know this person
pass-technical = A technical problem
pass-other = Another reason
gone-taken = { $by } took this contact.
gone-own = You have taken this contact already.
gone-caller-left = The caller left.
gone-expired = Your time to answer was over; the contact waits for another operator.
gone-passed = You passed this contact on already.
gone-withdrawn = This contact is no longer offered to you.
gone-adrift = The connection to the caller is lost just now. The contact waits again if they come back.
mine-title = My contacts
mine-empty = You have nobody right now.
unread = Unread:
queue-title = Queue
queue-waiting =
    { $n ->
        [0] nobody waiting
        [one] { $n } waiting
       *[other] { $n } waiting
    }
queue-longest = longest
queue-empty = Nobody is waiting.
queue-take = Take
queue-take-title = Take this contact
queue-assign = Assign to…
queue-assign-text = The contact is offered to this person now, whatever they speak or know. If they do not take it, it waits where it waited.
queue-assign-go = Assign
queue-assign-to = Assign to { $name }
queue-assigned = The contact is being offered to { $name }.
queue-assign-gone = This contact no longer waits.
queue-assign-none = Nobody is on shift now.
desk-offer-waits = There is an offer on the left. Answer while time runs.
desk-choose = Choose a contact on the left.
desk-wait = A contact is offered to you when it is its turn.
desk-quiet = All quiet. Nobody is waiting.
tab-name = Parts of the desk
tab-queue = Queue
tab-talk = Talk
tab-record = Record

## The call

call-name = Call
call-connecting = Connecting
call-live = Talking
call-lost = Connection lost
call-ended = Call ended
call-mute = Mute
call-unmute = Unmute
call-muted = You are muted: they cannot hear you
call-heard = You are heard
call-heard-fake = Training call without sound
call-end = End call
call-lost-text = This page does not carry the call. The caller may still be on the line.
call-reconnect = Reconnect to the caller
call-phone-error = The browser telephone failed (code { $code }). Press “Reconnect to the caller”.
call-end-alone = You are off the line, but the server did not answer. The caller may still be on it.
wrap-title-call = The call is over, finish the record
wrap-title-chat = The chat is over, finish the record
wrap-text = New contacts come once the record is finished, or when this time is over.
wrap-time = Time for the record
wrap-over = New contacts come to you again. This record is kept here: finish it when you can.
wrap-more = More time
wrap-why-record = a long record
wrap-why-colleague = asking a colleague
wrap-why-partner = calling an organisation
wrap-why-other = another reason

## The chat

chat-name = Conversation
chat-older = Show earlier messages
chat-new-below = New messages below
chat-close = End chat
chat-close-title = End this chat?
chat-close-text = The person gets a closing message in their language. Then only the record is left.
chat-erase = Delete conversation
chat-erase-title = Delete the conversation?
chat-erase-text = The words are gone here at once, and at the messenger as far as it allows. There is no way back. The record of the consultation stays. Whoever looks at the telephone may notice an empty chat: ask the person whether it is safe now.
chat-erase-held = An escalation is open: it is deleted at the messenger, and our sealed copy goes when the escalation is closed.
chat-erased = The conversation was deleted. Ask whether all is well, if that is safe.
articles = Articles
article-staff = for operators only
article-source = Source: { $source }. As of { $date }
article-draft = translation not checked yet
article-put = Put into the answer
msg-bot = Bot
msg-queued = queued
msg-sending = sending
msg-sent = sent
msg-delivered = delivered
msg-read = read
msg-failed = not delivered
msg-unknown = unknown whether it arrived
msg-not-sent = not sent
msg-waits-line = waiting for the connection
msg-decide = What to do with this message
msg-send-again = Send again
msg-do-not-send = Do not send
kind-photo = Photo
kind-voice = Voice message
kind-document = Document
kind-location = Location
kind-contact = Contact card
kind-sticker = Sticker
kind-other = Attachment
kind-video = Video
kind-edited = Message edited
kind-press = Button pressed
kind-command = Command to the bot
kind-stop = Asks for no more messages
kind-resume = May be written to again
why-blocked = the person has blocked the bot
why-no-address = there is no such address any more
why-refused = the channel did not take the message
why-slow-down = the channel asks to wait
why-bad-token = the bot is set up wrongly, tell an administrator
why-unreachable = the channel does not answer
why-opted-out = SMS no longer reach this number: the person opted out at the carrier. Answer on another channel
why-undelivered = the telephone did not take the SMS; send it again later
why-carrier = refused by the carrier, code { $code }
why-too-late = the time to answer is over
why-no-channel = the channel is switched off
why-dropped = it was decided not to send it
why-unreadable = the text cannot be read
why-bad-number = there is no such number; ask the person for it again
why-not-mobile = this is no mobile number: SMS do not get there, call instead
why-queue-full = the carrier has too many messages waiting; send it again in a minute
why-expired = it did not arrive within 10 minutes and was given up, so that it does not come at a bad time; send it again if it is still needed
why-phone-off = the telephone is off or out of reach; send it again later
why-barred = the number takes no SMS from us; answer on another channel
why-filtered = the carrier took the SMS for spam; word it differently and tell the administrator
why-country-off = SMS are not sent to this country; answer on another channel and tell the administrator
why-asked-to-stop = not sent automatically: the person asked for no messages
why-not-safe = not sent automatically: writing here is not safe
why-erased = deleted
why-too-long = the message is too long, split it
why-gone = the message is no longer there
why-outcome-unknown = nobody knows whether it arrived
todo-blocked = If there is another safe channel, use it; if not, close the chat.
todo-no-address = Nothing can be written there any more. Close the chat and finish the record.
todo-opted-out = Nothing may be sent until the person writes again.
todo-bad-token = Tell the supervisor: the bot does not work.
msg-edited = edited
msg-earlier = Earlier words
msg-edit = Change
msg-edit-save = Send the change
msg-edit-leave = Leave as it is
msg-edit-queued = the change is on its way
msg-edit-failed = The change did not arrive, the person sees the earlier words
msg-reply = Answer this one
msg-quoted = In answer to:
msg-jump = Go to the message
note-name = Note for colleagues
note-write = Write a note
note-leave = Write to the person
note-hint = Only colleagues will see this. It is not sent to the person.
note-save = Save the note
replies-name = Ready answers
replies-none = There is no such answer.
replies-hint = Ready answers: press /
chat-waiting-us = waiting for you
chat-waiting-caller = waiting for them
chat-resolved = over
chat-reopened = came back
chat-unanswered = Somebody is waiting long for an answer: { $who }
why-unattended = there was no answer for long
earlier-open = Open the conversation (goes on record)
earlier-title = Earlier conversation
earlier-empty = There are no messages here.
link-code = Link another channel
link-code-title = Code for another channel
link-code-text = Ask the person to send us this code from the other channel (Telegram, SMS). It is good for 15 minutes.
link-ask = Is it the same person? { $who } sent the code.
link-is = The same person: { $who }
link-same = Yes, the same
link-other = No, another
link-undo = Take apart
reply-to = To:
reply-name = Reply to { $who }
reply-hint = Write a reply. Enter sends, Shift+Enter adds a line
reply-send = Send
reply-letter = Insert the letter { $letter }
sms-parts = { $n } SMS
earlier-ask = Somebody else may hold the telephone. Do not repeat the earlier conversation until you know that it is the same person. Reading it is on record.
earlier-show = Show
sms-no-reply = You cannot reply by SMS: the number is opted out at the carrier. Use another channel, if that is safe.
sms-asked-to-stop = The person asked for no more messages here. Answer all the same?
sms-answer-anyway = Answer all the same
outbox-full = Too many unsent messages. Wait for the connection.
outbox-lost = Messages not sent: { $n }. This contact is no longer yours, the text was removed.
link-title = Open the address from this message?
link-open = Open

## What is known already

answers-title = Answers in the menu
answer-language = Language
answer-topic = Topic
answer-danger = Said there is danger
history-title = Earlier contacts
history-none = No earlier contacts.
history-count =
    { $n ->
        [0] first contact
        [one] earlier contacts: { $n }
       *[other] earlier contacts: { $n }
    }
timeline-title = What happened
timeline-none = Nothing yet.
tl-opened = Contact began
tl-answered = Answered in the menu
tl-danger = Said there is danger
tl-waiting = Began to wait
tl-offered = Offered to an operator
tl-accepted = Accepted
tl-picked = Taken from the queue
tl-assigned = Assigned by a supervisor
tl-passed = Passed on
tl-missed = Operator did not answer
tl-expired = Offer ran out
tl-withdrawn = Offer withdrawn
tl-reserved = Reserved for an operator
tl-talking = Talk began
tl-requeued = Back in the queue
tl-caller-left = The person left
tl-caller-stopped = The person stopped the chat
tl-talk-ended = Talk ended
tl-wrap-up-extended = More time for the record
tl-finished = Record finished
tl-closed = Contact closed
tl-case-closed = Escalation closed
tl-case-sealed = The case was sealed: senior operators only
tl-case-unsealed = The case is open to all operators again
tl-caller-waits = The person is back and waits
tl-raised = Escalated
tl-acknowledged = Taken on
tl-paged = Reminder sent
tl-duty-sms = SMS to the duty telephone
tl-owner = Owner changed
tl-note = Note
tl-record = Record changed
tl-read = Read
tl-message = Message
tl-other = Event
why-operator-lost = the operator was lost
why-no-join = the operator did not join
why-adrift = the call is with somebody else now

## The record

record-title = Record
record-lent = The record opens when the call is yours.
record-none = The record opens when you take a contact.
record-finish = Save and finish
record-write-up = Write it up
record-gaps =
    { $n ->
        [one] { $n } field needs an answer
       *[other] { $n } fields need an answer
    }
section-kind = Kind of contact
non-data-text = Nothing else has to be filled in. If the talk is still on, it ends.
non-data-close = Close as “{ $kind }”
non-data-drops = The record holds words. They are dropped with it.
field-needed = required
field-from-intake = from the menu
select-none = — not chosen —
combo-hint = Start typing
combo-none = Nothing found
summary-hint = Do not write names or numbers of other people.
save-new = Not saved yet
save-saved = Saved { $time }
save-saving = Saving…
save-retry = Not saved, will retry ({ $n })
save-clash = Not saved: somebody else changed this field too. Choose what to keep
save-refused = Not saved: correct the marked field
save-shut = Not saved: this record can no longer be changed
clash-text = somebody else changed this field
clash-mine = Yours
clash-theirs = The saved one
clash-keep-mine = Keep mine
clash-keep-theirs = Keep the saved one
screening-asked = With this topic, ask about signs of exploitation.
sign-danger = danger
finish-open-title = The contact is still on
finish-open-call = You are still talking. Finishing the record ends the call.
finish-open-chat = The chat is still open. Finishing the record ends it.
finish-unsaved = The record is not finished: the last changes are not saved yet. Try again when the connection is back.
risk-title = Risk
risk-none = no signs
risk-raised = raised
risk-high = high
risk-immediate = danger now
risk-why-now = in danger now
risk-why-intake = said so in the menu
risk-why-topic = the topic
risk-filter-danger = Danger
risk-filter-screened = Signs ticked
risk-filter-escalated = Escalated

## Escalation

case-escalate = Escalate
case-escalate-title = Hand to a supervisor
case-escalate-text = The supervisor on duty is alerted at once. The record is already with it.
case-send = Send
case-sent = Escalation { $code } was sent.
case-kind = What it is
case-kind-danger = Danger to life
case-kind-trafficking = Human trafficking
case-kind-child = A child
case-kind-other = Something else
case-level = Urgency
case-level-urgent = Urgent: 15 minutes
case-level-high = High: 4 hours
case-level-normal = Normal: 24 hours
case-state-open = Open
case-state-acknowledged = Taken
case-state-closed = Closed
case-reason = Reason
case-take = I take it
case-sealed = Sealed: senior operators only
case-seal = Seal: senior operators only
case-unseal = Lift the seal
back-title = The person of a sealed case is back and waits
back-text = Senior operators and supervisors come first.
case-time-left = Time left
case-overdue = Overdue
case-owner = Owner
case-owner-is = Owner: { $name }
case-no-owner = Nobody owns it
case-code = Code
case-raised = Raised
case-deadline = Deadline
case-none = Nothing here: no escalations.
case-about = About it
case-contact-open = Open the contact
case-note = New note
case-note-add = Add the note
case-close = Close the escalation
case-close-title = How it ended
case-result = Result
case-result-text = What was done
case-result-helped = Helped
case-result-referred = Handed to a partner
case-result-not-confirmed = Not confirmed
case-result-unreachable = Could not be reached
untold-title = No supervisor was told
untold-text = The record notes danger or signs of it, but no supervisor was told. Hand it over now, or write why that is not needed.
untold-reason = Why it need not be handed over
untold-go = Finish without handing over

## Log, failed jobs, audit

filter-name = Filters
filter-all = All
filter-from = From
filter-to = To
filter-week = 7 days
filter-month = 30 days
filter-clear = Clear
log-time = Time
log-channel = Channel
log-person = Person
log-language = Language
log-topic = Topic
log-operator = Operator
log-wait = Wait
log-length = Length
log-result = Result
log-risk = Risk
log-state = State
log-empty = No such contacts. Change the filters.
log-older = Show older
log-new =
    { $n ->
        [one] { $n } change. Show it
       *[other] { $n } changes. Show them
    }
review-messages = Messages
review-legs = Telephone connections
review-left = Messages of the caller
review-no-record = There is no record.
review-audited = This reading is on the audit record.
review-stale = The connection was lost for a while: something here may have changed. Reload
leg-caller = Caller
leg-operator = Operator
leg-duty = Duty telephone
job-text = These jobs failed after every try. Run them again or remove them.
job-kind = Job
job-error = Error
job-attempts = Tries
job-discard = Remove
job-discard-text = The job will not be run again.
job-none = No failed jobs.
job-under-way = The same job is already under way. This one was removed.
job-event = Pass an event on
job-chat-deliver = Send a message
job-chat-edit = Change a message
job-chat-typing = Show that somebody writes
job-chat-acknowledge = Answer a button of the bot
job-chat-idle = End a silent chat
job-chat-set-aside = A message that could not be taken in
job-chat-release = Send an automatic text that was held
job-chat-erase = Deleting at the messenger
job-chat-shred = Deleting a copy that was held to help
job-chat-forget = Deleting at the messenger by age
job-chat-remind = Reminding somebody who waits
job-case-climb = Remind of an escalation
job-case-duty-sms = SMS to the duty person
job-voice = Control a call
audit-actor = Who
audit-tag = Action
audit-object = Object
audit-none = No rows.
audit-chain-ok = The chain is unbroken; rows checked: { $n }
audit-chain-broken = The chain is broken: rows were altered
audit-system = System
audit-ok = done
audit-denied = refused
audit-failed = failed
object-audit = Audit record
object-case = Escalation
object-contact = Contact
object-contact-log = Contact log
object-job = Job
object-line = Line
object-message = Message
object-staff = Staff member
tag-access-denied = Tried without the right
tag-audit-read = Read the audit record
tag-case-read = Read an escalation
tag-case-sealed = Sealed a case
tag-case-unsealed = Lifted the seal of a case
tag-contact-log-read = Read the contact log
tag-contact-read = Read a contact
tag-escalation-acknowledged = Took an escalation
tag-escalation-closed = Closed an escalation
tag-escalation-noted = Wrote a note on an escalation
tag-escalation-raised = Raised an escalation
tag-job-discarded = Discarded a job
tag-job-retried = Retried a job
tag-login-failed = Failed to sign in
tag-login-ok = Signed in
tag-logout = Signed out
tag-message-decided = Decided about a message
tag-message-read = Read messages
tag-message-played = Listened to a message
tag-message-sent = Sent a message
tag-message-edited = Message changed
tag-message-noted = Note written for colleagues
tag-link-code-given = Code for another channel given
tag-link-confirmed = Confirmed to be one person
tag-link-refused = Said to be different people
tag-link-undone = Link taken apart
tl-link-code = Code for another channel given
tl-link-suggested = The code came from another channel
tl-link-confirmed = Confirmed to be one person
tl-link-refused = Said to be different people
tl-link-undone = Link taken apart
tag-offer-accepted = Accepted a contact
tag-offer-passed = Passed a contact on
tag-offer-picked = Took a contact from the queue
tag-offer-assigned = Assigned a contact to somebody
tag-password-changed = Changed the password
tag-presence-changed = Changed another person's state
tag-record-finished = Finished a record
tag-record-read = Read a record
tag-record-written = Wrote a record
tag-number-revealed = Saw a number in full
tag-staff-added = Added a staff member
tag-staff-changed = Changed a staff member
tag-staff-disabled = Disabled a staff member
tag-staff-listed = Read the list of staff
tag-roles-changed = Changed roles
tag-contact-opened = A contact began
tag-contact-closed = A contact was closed
tag-escalation-paged = Reminded of an escalation
tag-callback-hurried = Had a callback made at once
tag-callback-postponed = Put a callback off
tag-callback-closed = Closed a callback
tag-callback-agreed = Promised a call
tag-callback-outside = Allowed a call at an unsafe time
tag-callback-decided = Decided about a callback in vain
tag-safety-read = Read how a person may be reached
tag-safety-changed = Changed how a person may be reached
tag-answer-wrong = Wrote down that somebody else answered
tag-call-watched = Listened in on a call
tag-line-changed = Changed how the line is set
tag-phone-changed = Changed an own telephone
tag-content-erased = Conversation deleted

## Alerts and keys

alert-call = Incoming call
alert-chat = New chat
alert-message = New message
alert-escalation = An escalation is waiting
alert-undecided = A callback was not kept: decide
alert-back = Somebody waits for a senior operator
alert-title-call = ☎ Call — 189
alert-title-chat = (1) Chat — 189
keys-title = Keys
keys-on = on
keys-no-hang-up = There is no key for ending a call, only the button.
key-answer = Answer, accept a chat
key-mute = Microphone
key-next = Next contact
key-previous = Previous contact
key-finish = Save and finish the record
key-palette = Go anywhere
key-help = This list
key-send = Send the open dialog
palette-title = Go to
palette-hint = Screen, contact or action

## Calling back, in the timeline

tl-callback-asked = Asked to be called back
tl-callback-kept = Hung up and keeps the place
tl-adrift = The call asks for nothing: not offered
tl-found-again = The call is back and waits
tl-callback-called = Calling back
tl-callback-passed = Pressed one, being connected
tl-callback-missed = Did not answer
tl-callback-given-up = Not called any more
outcome-not-reached = Not reached
outcome-message = Left a message
outcome-came-again = Came again, see the later contact
tl-callback-hurried = An operator asked for the call now
tl-callback-put-off = The call was put off
tl-callback-closed = No call is needed
tl-message-left = Left a message
tl-callback-agreed = A call at an agreed time was promised
tl-callback-lapsed = The safe time passed, nobody is called
tl-callback-outside = A supervisor allowed an unsafe time
tl-callback-undecided = No talk came of it; a supervisor decides
tl-callback-decided = A supervisor decided
tl-callback-untaken = Nobody was free in time; the agreed or safe hours hold again
tl-callback-gathered = An earlier request of the same person was added
tl-message-late = The message waits on a new contact
tl-safety-changed = Safe contact was changed
tl-erase-asked = Asked to delete the conversation
tl-erased = Conversation deleted at the messenger
tl-erased-counts = deleted { $deleted }, still there { $remaining }
tl-erased-held = The copy that was held is deleted
tl-campaign = Came by a link
tl-silent-alarm = Silent alarm: wrote their word for “I am not alone”
tl-wrong-answer = Somebody else answered
tl-sent-unsafe = Written to although it is not marked as safe
tl-asked-to-stop = Asked for no more messages
tl-asked-to-resume = May be written to again
## Telephones with sound for training
phone-sim = Training telephone with sound
phone-sim-hint = Real voices: talk and listen in the browser, without a telephone network
## The talk: hold, keys, somebody else, handing on

call-hold = Hold
call-resume = Take off hold
call-on-hold = Caller on hold
call-held-text = The caller hears music and cannot hear you
call-hand-on = Transfer
call-add = Add person
call-keys = Keypad
call-end-title = End the call for everybody?
call-end-text = There are other people in the talk. The call ends for all of them.
call-not-recorded = This call is not recorded
call-watched = A supervisor is listening
party-name = Who is in the talk
party-you = (you)
party-out = Take out of the talk
party-caller = Caller
party-operator = Operator
party-third = Guest
party-supervisor = Supervisor
party-here = in the talk
party-held = hears music
party-ringing = ringing
party-away = not in the talk yet
transfer-title = Transfer the call
transfer-text = The record goes along with the call.
transfer-put-down = Here the call moves on when you put your telephone down. Press, say goodbye and put it down: the caller hears music and is first in the queue.
transfer-warm = Talk first
transfer-cold = Send at once
transfer-warm-to = Talk first: { $name }
transfer-cold-to = Send at once: { $name }
transfer-somebody = another person
transfer-asking = { $name }: waiting for an answer. The caller hears music.
transfer-sending = { $name }: sending the call. The caller hears music.
transfer-talking = { $name }: they hear you. The caller hears music and cannot hear you.
transfer-to-you = A colleague is handing you a call. The caller cannot hear you yet.
transfer-to-you-soon = A colleague is handing you a call. Connecting.
transfer-finish = Hand over
transfer-back = Take back
transfer-nobody = Nobody answered. The caller is with you again.
transfer-decline = Decline
target-name = To whom
target-staff = Colleague
target-queue = Queue
target-partner = Organisation
target-number = Number
target-number-field = Telephone number
target-staff-none = Nobody else is on shift now. Send to the queue or to an organisation.
target-partner-none = The directory has no organisations with a telephone.
target-queue-text = The caller goes to the front of the queue; the first free operator takes them.
target-queue-go = Send to the queue
target-as-is = Leave as it is
third-title = Add somebody to the talk
third-meanwhile = The caller, while we ring
third-present = Hears everything
third-present-hint = The talk goes on, the guest joins it
third-held = On hold
third-held-hint = Hears music until you take them off hold
third-call = Call
third-call-whom = Call: { $name }
keypad-hint = Press a key: the other side hears it
key-hold = Put the caller on hold, or take them off
offer-transfer = A colleague transfers a call

## A supervisor in the talk

watch-name = Join the talk
watch-listen = Listen
watch-whisper = Whisper
watch-barge = Speak
watch-listen-hint = Nobody hears you. The operator sees that you are listening.
watch-whisper-hint = Only the operator hears you.
watch-barge-hint = Caller and operator both hear you.
watch-leave = Leave the talk

## The line: open, hours, announcement, blocks

queues-title = Queues
queues-text = Counts for who comes after the press. Who waits already stays and is answered; who is in danger always gets through. A closed queue takes no new calls; chats and SMS still come in, and are told that it will take long.
queue-open = open
queue-overflow = overflow
queue-closed = closed
queue-by-rule = by rule
queue-by-hand = by hand: { $who }
queue-count = Waiting: { $n }
queue-nobody-waits = Nobody waits
queue-on-shift = On shift: { $names }
queue-nobody-on-shift = Nobody is on shift
queue-set-open = Open
queue-set-overflow = Warn of a long wait
queue-set-closed = Close
queue-set-rule = Back to the rule
queue-says = What callers hear
queue-says-overflow = When the queue overflows
queue-says-closed = When the queue is closed
queues-gone = Set by hand, but configured no longer: { $names }. Their contacts wait in the last queue.
queue-forget = Forget { $name }
shut-line = The line is closed by hand.
shut-queue = The queue “{ $name }” is closed by hand.
shut-overflow = Everybody new in the queue “{ $name }” hears that the wait is long: set by hand.
shut-since = since { $at }
shut-endless = until somebody opens it

nav-line = Line
line-text = Whatever you change here counts at once. Somebody in danger always gets through.
line-now = Now
staff-now-title = On shift now
staff-now-none = Nobody is on shift.
staff-now-hand = calls { $calls }, chats { $chats } of { $most }
staff-now-silent = no connection
staff-now-asked = after this contact: { $reason }
line-open = The line is open
line-closed = The line is closed by its hours
line-closed-by-hand = The line was closed by hand
line-opens-at = Opens: { $at }
line-opens-unknown = Nobody knows when it opens
line-close = Close the line
line-close-text = Callers hear when the line opens and where else to turn. One press opens it again.
line-open-again = Open the line
closing-reason = Reason, for colleagues
closing-usual = Technical work
announcement-title = Announcement in the queue
announcement-text = Those who wait are told that many people ask about this today.
announcement-choose = Choose a topic
announcement-start = Start
announcement-stop = Take the announcement away
announcement-on = The announcement is on
announcement-off = The announcement is off
when-name = When to call
when-hour = In an hour
when-hours = In 3 hours
when-day = In 24 hours
until-name = Until when
until-open = Until it is opened
until-hour = 1 hour
until-hours = 3 hours
until-today = Until the end of the day
until-day = 24 hours
until-week = 7 days
until-at = Choose a time
until-moment = Day and time
until-is = until { $at }
hours-title = Opening hours
hours-text = Write 08:00-12:00, 13:00-20:00. An empty field is a closed day. Midnight is 24:00.
hours-closed = Closed
hours-wrong = Write 08:00-20:00
hours-days = Single days
hours-days-none = No holidays or special days.
hours-day-new = Day
hours-day-add = Add the day
hours-day-remove = Remove the day
hours-save = Save the hours
hours-saved = The hours are saved
day-monday = Monday
day-tuesday = Tuesday
day-wednesday = Wednesday
day-thursday = Thursday
day-friday = Friday
day-saturday = Saturday
day-sunday = Sunday
block-title = Blocked numbers
block-text = These numbers hear where else to find help. A block ends by itself at its time.
block-none = Nobody is blocked.
block-reason = Reason
block-add = Block
block-lift = Lift
flood-title = Floods of calls
flood-text = Numbers with a common beginning that call more often than may be. Calls beyond that hear where else to turn and wait after the others. Whoever is in danger gets through.
flood-none = There is no flood.
flood-now = A flood of calls: those beyond the limit are not taken.
flood-hidden = Hidden numbers
flood-limited = Calls beyond the limit are not taken
flood-let-in = All are taken
flood-counted = Noticed by the line itself
flood-let-in-do = Take all
flood-end = Back to counting
flood-add = Treat as a flood
flood-number = A number or its beginning
flood-usual = Decision of the supervisor on duty

## Calling back, and messages that callers left

nav-callbacks = Call back
callback-name = Callback
callback-when = When
callback-why = Why
callback-safe = When it is safe
callback-why-waiting = Asked for it while waiting
callback-why-agreed = A time was agreed
callback-why-missed = Missed call
callback-why-message = Left a message
callback-state-open = To be called
callback-state-done = Talked with
callback-state-undecided = To decide
callback-state-given-up = Not called any more
callback-state-closed = Closed by hand
callback-due = Due
callback-window = { $from } to { $to }
callback-any-time = At any time
callback-call = Call
callback-call-anyway = Call all the same
callback-open = Open
callback-put-off = Put off
callback-put-off-title = Put the call off
callback-close = Close
callback-close-title = Do not call any more
callback-close-why = Why
callback-end-reached = We talked
callback-end-refused = Asks not to be called
callback-end-wrong-number = Wrong number
callback-end-unsafe = It is dangerous to call
callback-end-heard = Listened, no call is needed
callback-end-no-answer = Nobody answers
callback-end-other = Something else
callback-none = Nobody waits to be called now.
callback-none-such = There are no such calls.
callback-agreed = Agreed time
callback-overdue = The agreed time has passed
callback-try = call { $n } of { $of }
callback-read = I have read it: call
callback-dialling = Calling…
callback-again = Try again
callback-again-title = When to try again
callback-give-up = Give up
callback-tries =
    { $n ->
        [one] { $n } try
       *[other] { $n } tries
    }
callback-last-try = last { $at }: { $how }
callback-excepted = Allowed until { $time }, one call
callback-exception-over = The exception is over
callback-untaken = Nobody was free for the call outside its hours. It waits for its own time again.
wrong-answer = Somebody else answered
wrong-answer-title = End the call without a word?
wrong-answer-text = Say “sorry, wrong number” and nothing else. It is written down, and whoever calls next is warned.
agree-name = Agree on a call
agree-title = Call back at an agreed time
agree-text = Ask when it is safe to call, and who else may pick up. The times are those of Bishkek.
agree-holds = How long it is all right to call
agree-minutes = { $n } minutes
agree-reason = What for
agree-reason-hint = Seen by whoever calls. No names.
agree-number = Another number
agree-number-hint = Empty: the number they reached us from.
agree-number-needed = A number is needed: they wrote to us without one.
agree-other-time = Another time
agree-go = Promise the call
agree-done = The call is promised for { $time }.
safe-now = Safe now
safe-from = Not now; from { $time }
safe-unknown = Not to be called
safe-not-then = It is not safe to call then. Next safe time: { $time }.
safe-not = It is not safe to call then.
safe-take = Take this time
safe-why-not = Why all the same (goes on record)
safety-name = Safe contact
safety-never = Never contact this person
safety-may-name = We may say who we are
safety-say-189 = You may say who we are.
safety-hide-189 = Do not say who we are.
safety-channels = How they may be reached
safety-no-message = A voice message is never left.
safety-windows = When it is safe, by their clock
safety-window-add = Add hours
safety-window-out = Remove these hours
safety-from = From
safety-to = To
safety-zone = Where they are
safety-others = Who else uses the telephone
safety-if-other = What to say if somebody else answers
safety-we-say = Say first
safety-they-say = They answer
safety-alarm = Word for “I am not alone” in a chat: an ordinary one or two words; the bot does not react, you see an alarm
safety-save = Save
safety-saved = Safe contact is saved.
safety-stale = This is older than 30 days. Ask again.
safety-wrong-before = Somebody else answered: { $time }. Be careful.
reply-not-safe = Writing here is not marked as safe for this person.
verify-silence = Silent for more than { $n } min. Somebody else may hold the telephone: ask for the code phrase before you go on.
verify-done = Checked
day-0 = Mon
day-1 = Tue
day-2 = Wed
day-3 = Thu
day-4 = Fri
day-5 = Sat
day-6 = Sun
message-name = Message of the caller
message-place = Place in the message
message-play = Play
message-again = It could not be played. Again
message-lost = The message did not reach us.
message-gone = The sound is deleted by now.
message-coming = The message is still on its way.
## The operator's own telephone

phone-own = My own telephone
phone-own-hint = Calls come to { $phone }; press 1 to take one
phone-own-label = My own telephone for calls
phone-own-form = A number +996… or an address sip:…
phone-own-save = Save the telephone
call-own-take = Pick up your own telephone and press 1.
call-heard-own = You are talking on your own telephone.
call-lost-own = The connection to your telephone was lost. The caller waits first in the queue.

## Recording

recording-on = Recording
recording-starting = Recording is starting
recording-ending = Recording until the carrier confirms the change
recording-paused = Recording paused
recording-why-others = on hold, or others are in the talk
recording-why-refused = the caller does not want it
recording-why-unheard = the caller did not hear the notice to its end
recording-why-stopped = ended
recording-why-failed = the carrier could not
recording-pause = Pause recording
recording-resume = Record again
recording-stop = End recording
recording-refuse = Caller does not want it
recording-refuse-hint = The recording ends, and what there is of it is destroyed
line-recording = Recording of talks
line-recording-is-on = Talks are recorded
line-recording-is-off = Talks are not recorded
line-recording-text = Before the questions callers hear whether they will be recorded, and how to refuse. Only who hears that to its end and presses nothing is recorded.
line-recording-site = Recording is forbidden in the settings of this installation.
line-recording-carrier = This carrier cannot record talks.
line-recording-start = Record talks
line-recording-stop = Record no more
line-recording-ask = Record talks from now on?
line-recording-ask-text = What is recorded can be demanded by others and used against a victim. Record only if it was decided and callers gain from it.
recorded-title = Recording
recorded-name = Place in the recording
recorded-keys = Space: play or pause. Arrows: 5 seconds. [ and ]: speed.
recorded-open = Listen (goes on record)
recorded-play = Play
recorded-pause = Pause
recorded-place = { $at } of { $length }
recorded-until = Kept until { $at }
recorded-pending = Recording is on its way
recorded-refused = The caller did not want it; nothing was kept
recorded-none = Nothing was recorded
recorded-failed = The carrier has no recording
recorded-destroyed = Destroyed { $at }
recorded-not-yours = You may not listen to recordings
tag-recording-begun = Recording begun, notice heard
tag-recording-steered = Recording paused, resumed or ended
tag-recording-played = Recording listened to
tag-recording-removed = Recording deleted at the carrier
tag-recording-destroyed = Recording destroyed
object-recording = Recording
job-recording-steer = Begin, pause or end a recording
job-recording-keep = Fetch a recording
job-recording-remove = Delete a recording at the carrier
tl-recording-begun = Recording begun
tl-recording-paused = Recording paused
tl-recording-on = Recording goes on
tl-recording-off = Recording ended
tl-recording-refused = Caller does not want to be recorded

## Files in chats

file-awaited = The file is on its way
file-photo = Photo
file-voice = Voice message
file-audio = Sound file
file-video = Video
file-pdf = PDF document
file-heic = Photo in the format HEIC
file-other = File of an unknown type
file-other-hint = Open it only if you know what it is.
file-show = Show
file-hide = Hide
file-listen = Listen
file-download = Download
file-again = It could not be opened. Again
file-place = Place in the voice message
file-too-large = Not taken: larger than 20 MB
file-empty = Not taken: the file is empty
file-damaged = Not taken: the file is damaged
file-too-many-pixels = Not taken: the picture has too many points
file-gone = The messenger does not have the file any more
file-not-fetched = The file could not be fetched; ask for it again
file-no-channel = Files cannot be fetched from this channel now
file-too-many = Not taken: too many files in this contact
file-kb = { $n } kB
file-mb = { $n } MB
file-attach = Attach a file
file-attach-hint = Photo, PDF, sound or video, up to 10 MB
file-sending = The file is being sent
file-not-sent = The file was not sent
why-file-gone = the file is deleted by now
tag-file-read = Opened a file of a chat
job-chat-fetch = Fetch a file from a messenger

## Shifts and forecast

nav-roster = Shifts
nav-staffing = Forecast
week-previous = Previous week
week-next = Next week
week-of = { $from } – { $to }
short-monday = Mon
short-tuesday = Tue
short-wednesday = Wed
short-thursday = Thu
short-friday = Fri
short-saturday = Sat
short-sunday = Sun
roster-plan = Plan of the week
roster-mine = My shifts
roster-text = Who works when. Press a shift to change it, or the plus to add one. At the bottom: opening hours that nobody covers.
roster-person = Person
roster-gaps = Not covered
roster-wishes = Waiting for a decision
roster-no-wishes = Nothing to decide.
roster-approve = Approve
roster-refuse = Refuse
gap-anybody = Nobody
gap-none = All hours are covered
shift-add = New shift
shift-add-for = Add a shift: { $who }, { $day }
shift-change = Change the shift
shift-day = Day
shift-from = Begins
shift-to = Ends
shift-night = Times are those of the line. When the end is not later than the beginning, the shift goes on into the next day.
shift-save = Save
shift-remove = Remove
shift-saved = Saved.
shift-long = longer than 8 hours
shift-absent = the person is away then
shift-closed = begins while the line is closed
shift-none = No shifts in the next eight weeks.
swap-give = Give away
swap-to = To whom
swap-anyone = Any colleague
swap-text = The shift stays yours until a colleague agrees and a supervisor approves.
swap-go = Offer
swap-keep = Keep it
swap-offered = offered to colleagues
swap-accepted = a colleague agreed, a supervisor decides
swap-free = Shifts of colleagues
swap-none = Nobody gives a shift away now.
swap-accept = Take it
swap-waits = waits for a supervisor
swap-leave = Do not take it
swap-wish = { $who } gives away a shift ({ $when }). To: { $to }.
swap-open = Nobody has agreed yet.
absence-title = Days off
absence-text = Tell the supervisor why yourself: it is not stored here.
absence-first = From
absence-last = To (included)
absence-ask = Ask
absence-asked = waiting for a decision
absence-approved = approved
absence-refused = refused
absence-withdraw = Withdraw
absence-none = No days off.
absence-away = away
absence-wished = asks for a day off
absence-wish = { $who } asks for days off: { $days }.
staffing-text = How many people the line needs and how many are planned, by half hour and language.
staffing-language = Language
staffing-all = All languages
staffing-basis = What it is based on
staffing-based = { $n } in { $weeks } weeks, { $time } each on average.
staffing-too-little = too little is known ({ $n } in { $weeks } weeks, length { $time }), so there is no number. It takes 4 weeks, 40 contacts and 30 measured ones.
staffing-method = Expected is the mean of the same half hour on the same weekday, with its neighbours at half weight; holidays are left out, and it knows no trend.
staffing-week = The week by the hour
staffing-hour = Hour
staffing-cell = needed { $needed }, planned { $planned }
staffing-legend = In each cell: needed / planned. ▲ says how many are missing, ? that too little is known.
staffing-unknown = too little known
staffing-short = { $n } short
staffing-over = { $n } over
staffing-fits = enough
staffing-day = The day by the half hour
staffing-closed = The line is closed on this day.
staffing-summary = { $day }: up to { $most } people are needed; half hours with too few: { $n }.
staffing-no-number = Too little is known: there is no forecast of this day for this language.
staffing-no-calls = Too little is known of the calls: there is no saying how many people are needed.
staffing-no-chats = Too little is known of the chats: there is no saying how many people are needed.
staffing-people = People: needed and planned
staffing-needed = needed
staffing-planned = planned
staffing-expected = Calls in half an hour
staffing-range = The stroke goes from the quietest to the busiest of those weeks.
staffing-calls = Calls
staffing-chats = Chats
staffing-erlang-c = Needed if all wait
staffing-erlang-a = Needed if some leave
staffing-against = Result
staffing-level = In time
whatif-title = What if…
whatif-text = Changes nothing on the line: only the forecast is computed anew.
whatif-target = Share answered in time
whatif-seconds = In time means within
whatif-s = { $n } s
whatif-load = Contacts
whatif-aht = Length of a contact
whatif-shrinkage = Breaks, training, meetings
whatif-chats = Chats at once per person
whatif-impatient = On the telephone people do not wait for ever and hang up (Erlang-A); in chats everybody waits
whatif-patience = They wait on average
whatif-measured = Measured on this line: they wait { $time } on average.
whatif-unmeasured = How long people wait is not known yet: too few have given up.
whatif-reset = Back to how it was
tag-roster-changed = Changed the roster
object-roster = Roster

## Why somebody waited

wait-title = Why it waited
wait-show = Show who was considered
wait-again = Look again
wait-never = It was never in the queue.
wait-link = Why is it waiting?
wait-waited = Waited { $time }.
wait-so-far = Has waited { $time } so far.
wait-on-shift = On shift: { $n } ({ $list }).
wait-nobody = Nobody was on shift.
wait-count = { $reason } – { $n }
wait-after = After { $time }: { $what }.
wait-offered-to = Offered to { $name } at { $time }: { $how }.
wait-assigned-to = Assigned to { $name } at { $time }: { $how }.
wait-taken-by = Taken from the queue at { $time } by { $name }.
wait-cut = The wait was long: only its last 24 hours are explained.
wait-shown = Shown are { $shown } of { $n } who were on shift.
wait-table = Operators on shift and what ruled them out
wait-operator = Operator
wait-reason = What ruled them out
wait-length = How long
wait-when = When
wait-order = Of several who can take it, asked is first who has the language, then the topic as their own; then who was asked least about this contact, who has fewest chats, who has been free longest. In danger, before the last: who had fewest such contacts today.
wait-came = Came into the queue
wait-danger = Danger: anybody may take it
wait-relaxed = Asks for less
wait-asks = Asks for something else
wait-kept = Kept for
wait-kept-no-more = Kept for nobody any more
wait-ahead = Moved ahead
wait-back = Moved back
wait-left = Left the queue
wait-offered = Offered to
wait-assigned = Assigned to
wait-assigned-by = by { $name }
wait-taken = Taken from the queue by
wait-pending = being asked now
wait-accepted = accepted
wait-passed = passed on
wait-expired = not answered
wait-withdrawn = withdrawn
wait-ask-own = { $language } as own language
wait-ask-second = { $language } as second language is enough
wait-ask-any-language = any language
wait-ask-expert = an expert for: { $topic }
wait-ask-topic = topic: { $topic }
wait-ask-any-topic = any topic
wait-ask-senior = seniors only
wait-ask-reserve = supervisors too
wait-by-off-shift = not on shift
wait-by-break = on a break
wait-by-not-answering = had not answered
wait-by-unreachable = desk not reachable
wait-by-break-after = asked for a break
wait-by-asked = was being asked
wait-by-asked-other = was asked about somebody else
wait-by-call-in-hand = had a call
wait-by-chats-in-hand = had chats, and this is a call
wait-by-chats-full = had as many chats as allowed
wait-by-sealed = may not have sealed cases
wait-by-kept = kept for somebody else
wait-by-language = does not have the language
wait-by-topic = does not know the topic
wait-by-reserve = supervisors were not asked yet
wait-by-passed = had just passed it on
wait-by-call-first = kept free for a call that waited longer
wait-by-asked-elsewhere = free, while a colleague was asked
wait-by-longer-first = free: somebody came first who waited longer
wait-by-same-moment = matched at once
wait-by-free = free and fitting, and not asked
