### What a caller hears. `.audio`: the name of the sound file; when a text changes, speak it again (docs/prompts.md).
### `.count`: spoken for the numbers from 1 to this one.

## Beginning and language

ivr-welcome = Hello! This is Hotline 189.
    .audio = ivr-welcome

ivr-language = English:
    .audio = ivr-language

ivr-danger = If you are in danger,
    .audio = ivr-danger

ivr-notice = The call is not recorded, and you need not give your name. If there is danger, you can press zero at any time.
    .audio = ivr-notice

ivr-notice-recorded = The talk with the operator will be recorded and kept for a limited time. You need not give your name. You can refuse to be recorded and will be helped just the same.
    .audio = ivr-notice-recorded

ivr-unrecorded = To talk without being recorded,
    .audio = ivr-unrecorded

ivr-emergency = If you are in Kyrgyzstan and under threat right now, call { -police-number }; ambulance: { -ambulance-number }.
    .audio = ivr-emergency

## Keys: heard after the name of a choice

ivr-press-0 = press zero.
    .audio = ivr-press-0

ivr-press-1 = press one.
    .audio = ivr-press-1

ivr-press-2 = press two.
    .audio = ivr-press-2

ivr-press-3 = press three.
    .audio = ivr-press-3

ivr-press-4 = press four.
    .audio = ivr-press-4

ivr-press-5 = press five.
    .audio = ivr-press-5

ivr-press-6 = press six.
    .audio = ivr-press-6

ivr-press-7 = press seven.
    .audio = ivr-press-7

ivr-press-8 = press eight.
    .audio = ivr-press-8

ivr-press-9 = press nine.
    .audio = ivr-press-9

ivr-press-star = press star.
    .audio = ivr-press-star

ivr-press-hash = press hash.
    .audio = ivr-press-hash

## What it is about

ivr-topic = What would you like to ask about?
    .audio = ivr-topic

ivr-topic-abroad = Work abroad and leaving:
    .audio = ivr-topic-abroad

ivr-topic-documents = Documents and the right to stay:
    .audio = ivr-topic-documents

ivr-topic-wages = Wages and trouble at work:
    .audio = ivr-topic-wages

ivr-topic-ban = Entry ban or deportation:
    .audio = ivr-topic-ban

ivr-topic-missing = A missing person:
    .audio = ivr-topic-missing

ivr-topic-danger = You were deceived, are being held or forced:
    .audio = ivr-topic-danger

ivr-topic-other = Another question:
    .audio = ivr-topic-other

ivr-repeat = To hear this again,
    .audio = ivr-repeat

ivr-change-language = To change the language,
    .audio = ivr-change-language

## Waiting

ivr-wait = Thank you. We are connecting you to an operator. Please stay on the line.
    .audio = ivr-wait

ivr-wait-danger = We understand that this is urgent, and we are connecting you ahead of others. Stay on the line if that is safe. If you have to break off, call again when you can.
    .audio = ivr-wait-danger

ivr-position = Your place in the queue:
    .audio = ivr-position

ivr-number = { $n }
    .audio = ivr-number
    .count = 20

ivr-position-many = There are more than twenty people before you. We answer everyone in turn.
    .audio = ivr-position-many

ivr-hold = You are in the queue. Thank you for waiting.
    .audio = ivr-hold

ivr-connecting = Connecting you to an operator.
    .audio = ivr-connecting

ivr-operator-lost = The connection to the operator was lost. Please do not hang up, we will connect you again.
    .audio = ivr-operator-lost

ivr-handed-on = We are connecting you to another adviser. Please do not hang up.
    .audio = ivr-handed-on

## End of the call

ivr-closed = The operators are not at work now. Please call later.
    .audio = ivr-closed

ivr-goodbye = Thank you for calling. Take care. Goodbye.
    .audio = ivr-goodbye

ivr-sorry = We are sorry, something is out of order. Please call again in a few minutes.
    .audio = ivr-sorry

## To the operator

ivr-op-gone = The caller has hung up.
    .audio = ivr-op-gone

ivr-op-none = There is no call for you now.
    .audio = ivr-op-none

## Calling back. Nothing in the words of the gate may give the hotline away: somebody else may pick up.

ivr-callback = To be called back instead of waiting on the line, keeping your place in the queue:
    .audio = ivr-callback

ivr-called-back = We will call this number back when it is your turn. You can hang up now. When you answer our call, press one.
    .audio = ivr-called-back

ivr-callback-cannot = We cannot call this number back. Please stay on the line.
    .audio = ivr-callback-cannot

ivr-gate = Hello. There is a call for you. To answer it,
    .audio = ivr-gate

ivr-gate-end = Goodbye.
    .audio = ivr-gate-end
## The line: the wait, what many ask about, too many calls

ivr-wait-minutes = Expected wait in minutes:
    .audio = ivr-wait-minutes

ivr-many-ask = Today many people ask about this:
    .audio = ivr-many-ask

ivr-elsewhere = We cannot take this call now. Please call again a little later.
    .audio = ivr-elsewhere

ivr-still-there = If you need help, press any key. If you press nothing, the call will end.
    .audio = ivr-still-there

## The operator's own telephone

ivr-op-take = There is a call for you. To take it, press one.
    .audio = ivr-op-take

## Out of hours and instead of waiting: a message, short information. From the tone on the caller is recorded, and hears so.

ivr-leave-message = To leave a message,
    .audio = ivr-leave-message

ivr-message = Please speak after the tone. It is recorded and heard only by our staff. Say whether we may call this number, and when that is safe. To finish, press hash.
    .audio = ivr-message

ivr-message-kept = Thank you. Your message has been taken.
    .audio = ivr-message-kept

ivr-message-empty = No message was recorded.
    .audio = ivr-message-empty

ivr-information = For short information,
    .audio = ivr-information

ivr-info-about = About this line:
    .audio = ivr-info-about

ivr-info-numbers = Emergency numbers:
    .audio = ivr-info-numbers

ivr-info-back = To go back,
    .audio = ivr-info-back

ivr-about = This line gives advice on migration and work abroad, and helps those who were deceived or are being held. You need not give your name.
    .audio = ivr-about

## A queue that overflows or is closed

ivr-busy = More people than usual are waiting now, and it will take long until we answer. You may stay on the line, you are in the queue already.
    .audio = ivr-busy

ivr-queue-closed = We cannot take new calls now. Please call later.
    .audio = ivr-queue-closed

ivr-partner-consular = To hear the number of the consular department of the foreign ministry,
    .audio = ivr-partner-consular

ivr-consular = Consular department of the Ministry of Foreign Affairs of Kyrgyzstan, which is another body. Telephone: { -consular-spoken }. Once more: { -consular-spoken }.
    .audio = ivr-consular
