### What bots and automatic SMS write. bot-sms-*: 70 characters at most, and no word of the subject.

## Beginning

bot-choose-language = Hello! Which language suits you?
bot-language = English
bot-language-set = Good, we will continue in English. Your message is already waiting for an operator.
bot-notice =
    A person will answer you. You need not give your name, and you decide what to tell.

    We do not see your name or telephone number unless you tell us.
    Not hidden: Telegram keeps this chat, not end-to-end encrypted, and it can be read on this phone. /delete removes it on your side and ours; choose yourself when that is safe.

    If it is dangerous for you to wait, press “{ bot-danger }”. If you are in Kyrgyzstan and under threat right now, call { -police-number }; ambulance: { -ambulance-number }. In another country call its emergency number.
bot-danger = Urgent

## What it is about: buttons

bot-topic = What would you like to ask about? Choose, or simply write in your own words.
bot-topic-abroad = Work abroad
bot-topic-documents = Documents, right to stay
bot-topic-wages = Wages, work
bot-topic-ban = Entry ban, deportation
bot-topic-missing = Looking for someone
bot-topic-danger = Deceived, held or forced
bot-topic-other = Another question

## Waiting and talking

bot-wait = Thank you. Please write what happened or what you want to know: the operator will read it all from the start, and will answer here.
bot-got-text = Hello! Your message has arrived, and an operator will answer here. If another language suits you better, please choose it.
bot-wait-danger = We understand that this is urgent: your message has been moved forward in the queue. Write only if it is safe: where you are, whether there is danger right now, whether we may answer you. If you are in Kyrgyzstan and your life is in danger, call { -police-number }; ambulance: { -ambulance-number }. In another country call its emergency number.
bot-closed = Your message is kept. The operators are not at work now; the line opens: { $opens }. We will answer here. If it is dangerous for you to wait, press “{ bot-danger }”.
bot-busy = More people than usual are waiting now, so our answer will take long. Your place in the queue is kept.
bot-queue-closed = Your message is kept. We cannot answer soon now, but we will answer here. If it is dangerous for you to wait, press “{ bot-danger }”.
bot-consular-button = Consular department
bot-consular = Consular department of the Ministry of Foreign Affairs of Kyrgyzstan: { -consular-number }. It is another body. Your place in our queue is kept.
bot-operator-joined = An operator is with you. Can anyone else see this phone or these messages?
bot-requeued = The operator was disconnected. Your conversation is kept, and another operator will answer.
bot-ended = The conversation is over. Thank you for writing. A new message opens a new conversation. If somebody looks at your phone, consider whether it is safer to delete this chat.
bot-sorry = We are sorry, something went wrong on our side. Your message is kept, and we will come back to it.
bot-code-kept = Thank you, the code has arrived. The operator who talked with you will see it.

## Things sent other than words

bot-kept-photo = The photo has arrived; the operator will look at it.
bot-kept-voice = The voice message has arrived; the operator will listen to it.
bot-kept-document = The file has arrived; the operator will look at it.
bot-kept-location = The location has arrived; the operator will see that you sent it. If it is safe, please write in words where you are.
bot-kept-contact = The contact card has arrived; the operator will see that you sent it. If you can, please write the number as text.
bot-kept-sticker = Received. If you want to ask something, please write it in words.
bot-kept-other = Received; the operator will see that you sent it. If you can, please write the main point in words.
bot-file-too-large = This file is too large: we can take up to 20 MB. Please send it smaller or in parts, or write the main point in words.

## Safety of the conversation

bot-help = You can write here about work and life abroad, documents, wages and whatever worries you. A person answers. Simply write a message. /info: something to read; /hours: when we answer; /language: change the language; /delete: delete the conversation; /stop: end it.
bot-stopped = All right, we will not write in this conversation any more. Whenever you wish, just write again.
bot-delete-ask = Delete the conversation on your side and on ours? Here Telegram deletes only what is less than two days old. A chat that is suddenly empty may be noticed. The record of your contact stays with us.
bot-delete-yes = Delete
bot-delete-no = Keep
bot-deleted = Deleted on your side and on ours.
bot-deleted-some = Deleted on our side, and here as far as Telegram still allows. Please delete the rest yourself by deleting the chat.
bot-deleted-held = Everything that could be deleted here is deleted. A sealed copy stays with us for now, because you are still being helped; then it is deleted, too.

## Commands of the bot, as its menu shows them

bot-command-start = Start again
bot-command-language = Change language
bot-command-info = Something to read
bot-command-hours = When we answer
bot-command-help = What you can do here
bot-command-stop = End the conversation
bot-command-delete = Delete messages

## How the bot helps by itself

bot-read = Read about it
bot-read-list = What would you like to read about? Your place in the queue stays the same.
bot-read-more = Read more
bot-read-checked = As of { $date }. Rules change: ask an operator before you decide.
bot-hours-button = When we answer
bot-hours = We answer, by the clock of Bishkek:
bot-hours-always = We answer round the clock, every day.
bot-hours-shut = The operators are not at work now; the line opens: { $opens }.
bot-place-button = My place
bot-place =
    { $before ->
        [0] You are next in the queue.
        [one] There is { $before } person before you.
       *[other] There are { $before } people before you.
    }
bot-place-minutes = The wait is about { $minutes } min (between { $low } and { $high }).
bot-place-unknown = Your message is with us. How long it will take we cannot say.
bot-place-with-you = An operator is with you already.
bot-call = Call me
bot-call-ask = Which number shall we call? Send it with the country code, beginning with “+”. An operator will call when it is your turn, from a number you do not know; when you answer, press 1. Before that nobody says who we are. Changed your mind? Simply write what you wanted to ask.
bot-call-promised = Noted: { $number }. We will call when it is your turn. We try a few times, but do not always get through. We will answer here, too.
bot-call-already = A call to { $number } is noted already. We will answer here, too.
bot-call-cannot = We cannot call this number. An operator will read your message and answer here.
bot-remind = We have not forgotten you: a person will answer here.

## SMS

bot-sms-urgent = Urgent
bot-sms-received = Received, a person will answer. 0 urgent. 1 Kyrgyz 2 Rus 3 Uzbek 4 Eng
bot-sms-about = Hours: { $hours }. Urgent: { -police-number }, { -ambulance-number }. To delete: press and hold.
bot-sms-language-set = Good, we will answer in English. If urgent, send 0.
bot-sms-wait-danger = Understood, urgent. Write if it is safe. Numbers: { -police-number }, { -ambulance-number }.
bot-sms-closed = Message kept, we will answer later. If urgent, send 0.
bot-sms-kept = Received, but we cannot open it. Please write it in words.
bot-sms-ended = Thank you for the message. You may write again at any time.
bot-sms-deleted = Deleted on our side. On the phone, please delete it yourself.
bot-sms-deleted-held = The copy is sealed and goes later. On the phone, delete it yourself.
bot-sms-code-kept = The code has arrived, thank you.
