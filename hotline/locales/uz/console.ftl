### Xodimning ish joyi. Ruschasi asl matn; ona tilida soʻzlashuvchi oʻqib chiqishi kerak.

## Вход

login-title = Kirish
login-lead = 189 ishonch telefonining ish joyi
login-name = Kirish nomi
login-password = Parol
login-go = Kirish
login-help = Parolni unutdingizmi? Supervayzer yoki administratorga murojaat qiling.
login-private = Faqat xodimlar uchun. Barcha amallar qayd etiladi.
login-languages = Sahifa tili

## Рамка

app-title = 189 ishonch telefoni
app-loading = Ish joyi ochilmoqda…
app-no-script = Ish joyiga JavaScript kerak. Brauzerda yoqing.
skip-to-content = Asosiy qismga oʻtish
nav-name = Boʻlimlar
nav-desk = Ish joyi
nav-log = Jurnal
nav-cases = Eskalatsiyalar
nav-jobs = Nosozliklar
nav-audit = Audit
nav-count = Ochiq: { $n }
link-online = Aloqa bor
link-slow = Aloqa sekin
link-resyncing = Yangilanmoqda
link-offline = Aloqa yoʻq
theme-system = Ranglar tizimdagidek
theme-light = Yorugʻ mavzu
theme-dark = Qorongʻi mavzu
action-log-out = Chiqish
action-cancel = Bekor qilish
action-clear = Tozalash
action-close-window = Oynani yopish
action-try-again = Qayta urinish
yes = Ha
no = Yoʻq
not-said = aytilmagan
other-tab-title = Ish joyi boshqa varaqda ochiq
other-tab-text = Qoʻngʻiroq va xabarlar faqat bitta varaqqa keladi. Ishni shu yerga oʻtkazsangiz, u varaq toʻxtaydi.
other-tab-use = Shu yerda ishlash
ended-title = Seans tugadi
ended-text = Qayta kiring. Serverda saqlanganlar joyida, yuborilmaganlari shu kompyuterda kutib turibdi.
ended-login = Qayta kirish
ended-talking = Siz hali ham qoʻngʻiroq qilgan odam bilan liniyadasiz.
update-text = Yangi versiya chiqdi. Murojaatlar boʻlmaganda sahifani yangilash mumkin.
update-reload = Yangilash
reload-title = Suhbat davom etmoqda
reload-text = Sahifani yangilasangiz, ovoz uziladi. Suhbatga tugma bilan qaytish mumkin.
reload-go = Baribir yangilash

## Состояния списков и панелей

state-loading = Yuklanmoqda
state-failed = Yuklab boʻlmadi.
state-code = Yordam xizmati uchun kod: { $code }
state-denied = Topilmadi yoki sizga ochiq emas. Ish uchun kerak boʻlsa, administratorga murojaat qiling.
state-panel-failed = Ekranning bu qismi ochilmadi. Qolgani ishlayapti.
fail-line = Server javob bermadi. Aloqani tekshirib, qayta urining.
fail-unexpected = Bajarilmadi. Qayta urining yoki administratorga ayting.
fail-form = Qayd shakli yuklanmadi. Sahifani yangilang.
fail-module = Sahifaning bu qismi yuklanmadi. Sahifani yangilang.
offline-text = Aloqa yoʻq. Ishingiz shu kompyuterda saqlanadi.
offline-waiting = Yuborishni kutayotgan xabar: { $n }
offline-not-now = Server bilan aloqa kerak

## Время

fmt-today = Bugun
fmt-yesterday = Kecha
fmt-date =
    { $day }-{ $month ->
        [1] yanvar
        [2] fevral
        [3] mart
        [4] aprel
        [5] may
        [6] iyun
        [7] iyul
        [8] avgust
        [9] sentabr
        [10] oktabr
        [11] noyabr
       *[12] dekabr
    }
fmt-date-year =
    { $year }-yil { $day }-{ $month ->
        [1] yanvar
        [2] fevral
        [3] mart
        [4] aprel
        [5] may
        [6] iyun
        [7] iyul
        [8] avgust
        [9] sentabr
        [10] oktabr
        [11] noyabr
       *[12] dekabr
    }

## Начало смены и состояние

start-title = Assalomu alaykum, { $name }
start-text = Ovozni tekshirib, smenani boshlang: ungacha sizga hech kim taklif qilinmaydi.
start-phone = Telefon
start-go = Smenani boshlash
start-no-microphone = Mikrofonga ruxsat yoʻq. Brauzerda ruxsat berib, qaytadan boshlang.
phone-browser = Shu kompyuter
phone-browser-hint = Garnitura va brauzer orqali suhbat
phone-fake = Oʻquv telefoni
phone-fake-hint = Ovozsiz: oʻrganish va tekshirish uchun
check-line-ok = Server bilan aloqa bor
check-line-wait = Server bilan aloqa hali oʻrnatilmagan
check-sound = Ovoz
check-sound-test = Qoʻngʻiroq ovozini tekshirish
check-volume = Ovoz balandligi
check-notices = Oyna yashirilganda bildirishnomalar
check-notices-allow = Ruxsat berish
check-clock-ok = Kompyuter soati toʻgʻri
check-clock-off = Kompyuter soati notoʻgʻri, ekrandagi vaqt toʻgʻrilandi
presence-offline = Smenada emas
presence-available = Ishga tayyor
presence-busy = Band
presence-wrap-up = Qaydni toʻldirmoqda
presence-break = Tanaffus
presence-not-answering = Javob bermayapti
break-short = qisqa
break-meal = ovqat
break-meeting = yigʻilish
break-training = oʻquv
break-technical = texnik sabab
break-hard-call = ogʻir suhbatdan keyin
break-now = Tanaffus: { $reason }
break-after-contact = Murojaatdan keyin: { $reason }
break-planned = tanaffus murojaatdan keyin boshlanadi
shift-end = Smenani tugatish
shift-end-open = Avval murojaatlarni yakunlang: { $n }.
away-title = Joyingizdamisiz?
away-text = Taklif javobsiz qoldi, shuning uchun sizga yangi murojaatlar taklif qilinmayapti.
away-back = Ishga qaytish
sound-off-text = Birinchi bosishgacha ovoz oʻchiq.
sound-on = Ovozni yoqish
notices-off-text = Oyna yashirilganda eskalatsiyani sezmay qolishingiz mumkin.
expiring-title = Seans tez orada tugaydi
expiring-last = Uni uzaytirib boʻlmaydi: tugatgach, qayta kiring.
expiring-stay = Qolish
contact-gone = Murojaat navbatga qaytdi: { $why }.

## Каналы и состояния контакта

channel-voice = Qoʻngʻiroq
channel-telegram = Telegram
channel-sms = SMS
card-intake = Menyuda
card-waiting = Kutmoqda
card-reserved = Ulanmoqda
card-talking = Suhbatda
card-wrap-up = Toʻldirilmoqda
card-closed = Yakunlandi
outcome-answered = Javob berildi
outcome-abandoned = Kutmay ketdi
outcome-left-in-intake = Menyudan chiqib ketdi
outcome-out-of-hours = Ish vaqtidan tashqari
outcome-rejected = Rad etildi
outcome-silent = Jim qoʻngʻiroq
outcome-unfinished = Qayd yakunlanmagan
danger-flag = Xavf
alarm-flag = Ovozsiz belgi: yolgʻiz emas
topic-none = mavzu aytilmagan

## Предложения, свои контакты, очередь

offers-title = Takliflar
offer-call = Kiruvchi qoʻngʻiroq
offer-chat = Yangi chat
offer-answer = Javob berish
offer-take = Qabul qilish
offer-pass = Oʻtkazib yuborish
offer-left = Javobga qolgan vaqt
offer-waits = Kutmoqda
offer-history = avval { $n } marta
pass-paperwork = Qaydni tugatyapman
pass-language = Mening tilim emas
pass-other = Boshqa sabab
mine-title = Mening murojaatlarim
mine-empty = Hozir sizda hech kim yoʻq.
unread = Oʻqilmagan:
queue-title = Navbat
queue-waiting =
    { $n ->
        [0] hech kim kutmayapti
        [one] { $n } kutmoqda
       *[other] { $n } kutmoqda
    }
queue-longest = eng uzoq
queue-empty = Hech kim kutmayapti.
desk-offer-waits = Chap tomonda taklif bor. Vaqt oʻtmasdan javob bering.
desk-choose = Chap tomondan murojaatni tanlang.
desk-wait = Navbat kelganda murojaat sizga taklif qilinadi.
desk-quiet = Hammasi tinch. Hech kim kutmayapti.
tab-name = Ish joyi qismlari
tab-queue = Navbat
tab-talk = Suhbat
tab-record = Qayd

## Звонок

call-name = Qoʻngʻiroq
call-connecting = Ulanmoqda
call-live = Suhbat davom etmoqda
call-lost = Aloqa uzildi
call-ended = Qoʻngʻiroq tugadi
call-mute = Mikrofonni oʻchirish
call-unmute = Mikrofonni yoqish
call-muted = Sizni eshitishmayapti: mikrofon oʻchiq
call-heard = Sizni eshitishyapti
call-heard-fake = Ovozsiz oʻquv qoʻngʻirogʻi
call-end = Qoʻngʻiroqni tugatish
call-end-alone = Siz liniyadan chiqdingiz, ammo server javob bermadi. Qoʻngʻiroq qilgan odam hali liniyada boʻlishi mumkin.
call-lost-text = Qoʻngʻiroq bu sahifa orqali oʻtmayapti. Qoʻngʻiroq qilgan odam hali liniyada boʻlishi mumkin.
call-reconnect = Qoʻngʻiroq qilgan odamga qaytish
call-phone-error = Brauzerdagi telefon ishlamayapti (kod { $code }). «Qoʻngʻiroq qilgan odamga qaytish» tugmasini bosing.
wrap-title-call = Qoʻngʻiroq tugadi, qaydni toʻldiring
wrap-title-chat = Chat tugadi, qaydni toʻldiring
wrap-text = Qayd yakunlanganda yangi qoʻngʻiroqlar keladi.
wrap-left = qoldi

## Чат

chat-name = Yozishma
chat-older = Avvalgilarini koʻrsatish
chat-new-below = Pastda yangi xabarlar
chat-close = Chatni tugatish
chat-close-title = Chatni tugatasizmi?
chat-close-text = Odam oʻz tilida xayrlashuv xabarini oladi. Keyin qaydni yakunlash qoladi.
chat-erase = Yozishmani oʻchirish
chat-erase-title = Yozishma oʻchirilsinmi?
chat-erase-text = Soʻzlar bizdan darhol, messenjerdan imkon qadar oʻchadi. Qaytarib boʻlmaydi. Maslahat qaydi qoladi. Telefonni koʻrgan kishi boʻsh chatni sezishi mumkin: hozir xavfsizmi, odamdan soʻrang.
chat-erase-held = Eskalatsiya ochiq: messenjerdan oʻchiriladi, bizdagi yopiq nusxa eskalatsiya yopilganda oʻchadi.
chat-erased = Yozishma oʻchirildi. Xavfsiz boʻlsa, hammasi joyidami, soʻrang.
articles = Maqolalar
article-staff = faqat operator uchun
article-source = Manba: { $source }. { $date } holatiga
article-draft = tarjimasi hali tekshirilmagan
article-put = Javobga qoʻyish
msg-bot = Bot
msg-queued = navbatda
msg-sending = yuborilmoqda
msg-sent = yuborildi
msg-delivered = yetkazildi
msg-read = oʻqildi
msg-failed = yetkazilmadi
msg-unknown = yetgan-yetmagani nomaʼlum
msg-not-sent = yuborilmadi
msg-waits-line = aloqani kutmoqda
msg-decide = Xabar bilan nima qilish kerak
msg-send-again = Qayta yuborish
msg-do-not-send = Yubormaslik
kind-photo = Rasm
kind-voice = Ovozli xabar
kind-document = Hujjat
kind-location = Xaritadagi joy
kind-contact = Kontakt
kind-sticker = Stiker
kind-other = Ilova
kind-video = Video
kind-edited = Xabar tuzatildi
kind-press = Tugma bosildi
kind-command = Botga buyruq
kind-stop = Endi yozmaslikni soʻraydi
kind-resume = Yana yozish mumkin
why-blocked = odam botni bloklagan
why-no-address = bunday manzil endi yoʻq
why-refused = kanal xabarni qabul qilmadi
why-slow-down = kanal kutishni soʻrayapti
why-bad-token = bot notoʻgʻri sozlangan, administratorga ayting
why-unreachable = kanal javob bermayapti
why-opted-out = bu raqamga SMS endi yetib bormaydi: odam aloqa operatorida rad etgan. Boshqa kanal orqali javob bering
why-undelivered = telefon SMSni qabul qilmadi; keyinroq yana yuboring
why-carrier = aloqa operatori rad etdi, kod { $code }
why-too-late = javob vaqti oʻtdi
why-no-channel = kanal oʻchirilgan
why-dropped = yubormaslikka qaror qilindi
why-unreadable = matnni oʻqib boʻlmadi
why-bad-number = bunday raqam yoʻq; raqamni odamdan aniqlang
why-not-mobile = bu mobil raqam emas: SMS bormaydi, qoʻngʻiroq qiling
why-queue-full = aloqa operatorida navbat toʻlgan; bir daqiqadan keyin yana yuboring
why-expired = 10 daqiqada yetib bormadi va kech kelmasligi uchun bekor qilindi; hali kerak boʻlsa, yana yuboring
why-phone-off = telefon oʻchirilgan yoki aloqadan tashqarida; keyinroq yana yuboring
why-barred = raqam bizdan SMS qabul qilmaydi; boshqa kanal orqali javob bering
why-filtered = aloqa operatori SMSni spam deb hisobladi; boshqacha yozing va administratorga ayting
why-country-off = bu mamlakatga SMS yuborilmaydi; boshqa kanal orqali javob bering va administratorga ayting
why-asked-to-stop = avtomatik yuborilmadi: odam yozmaslikni soʻragan
why-not-safe = avtomatik yuborilmadi: bu yerga yozish xavfsiz emas
why-erased = oʻchirilgan
why-too-long = xabar juda uzun, boʻlib yuboring
why-gone = xabar u yerda endi yoʻq
why-outcome-unknown = yetib borgani nomaʼlum
todo-blocked = Boshqa xavfsiz kanal boʻlsa, oʻsha orqali bogʻlaning; boʻlmasa, chatni yakunlang.
todo-no-address = Bu manzilga endi yozib boʻlmaydi. Chat va qaydni yakunlang.
todo-opted-out = Odam oʻzi yana yozmaguncha unga yozib boʻlmaydi.
todo-bad-token = Supervayzerga ayting: bot ishlamayapti.
msg-edited = oʻzgartirilgan
msg-earlier = Avvalgi matn
msg-edit = Oʻzgartirish
msg-edit-save = Oʻzgarishni yuborish
msg-edit-leave = Shunday qoldirish
msg-edit-queued = oʻzgarish yuborilmoqda
msg-edit-failed = Oʻzgarish yetib bormadi, odam avvalgi matnni koʻradi
msg-reply = Bunga javob berish
msg-quoted = Mana bunga javob:
msg-jump = Xabarga oʻtish
note-name = Hamkasblar uchun belgi
note-write = Belgi yozish
note-leave = Odamga yozish
note-hint = Buni faqat hamkasblar koʻradi. Odamga yuborilmaydi.
note-save = Belgini saqlash
replies-name = Tayyor javoblar
replies-none = Bunday javob yoʻq.
replies-hint = Tayyor javoblar: / bosing
chat-waiting-us = sizni kutyapti
chat-waiting-caller = javobini kutyapmiz
chat-resolved = yakunlangan
chat-reopened = qayta yozdi
chat-unanswered = Javob kutishmoqda: { $who }
why-unattended = uzoq vaqt javob boʻlmadi
earlier-open = Yozishmani ochish (jurnalga yoziladi)
earlier-title = Avvalgi yozishma
earlier-empty = Bu yerda xabar yoʻq.
link-code = Boshqa kanal bilan bogʻlash
link-code-title = Boshqa kanal uchun kod
link-code-text = Odam bu kodni bizga boshqa kanaldan (Telegram, SMS) yuborsin. 15 daqiqa amal qiladi.
link-ask = Shu odammi? { $who } kod yubordi.
link-is = Shu odam: { $who }
link-same = Ha, shu odam
link-other = Yoʻq, boshqa
link-undo = Ajratish
reply-to = Kimga:
reply-name = { $who } uchun javob
reply-hint = Javob yozing. Enter yuboradi, Shift+Enter — yangi qator
reply-send = Yuborish
reply-letter = { $letter } harfini qoʻyish
sms-parts = { $n } SMS
earlier-ask = Telefon boshqa qoʻlda boʻlishi mumkin. Oʻsha odam ekanini bilmaguncha, oldingi yozishmani aytmang. Oʻqiganingiz yozib olinadi.
earlier-show = Koʻrsatish
sms-no-reply = SMS bilan javob berib boʻlmaydi: raqam aloqa operatorida rad etgan. Xavfsiz boʻlsa, boshqa kanal orqali bogʻlaning.
sms-asked-to-stop = Odam bu yerga yozmaslikni soʻragan. Baribir javob berilsinmi?
sms-answer-anyway = Baribir javob berish
outbox-full = Yuborilmagan xabarlar juda koʻp. Aloqani kuting.
outbox-lost = Yuborilmagan xabarlar: { $n }. Bu murojaat endi sizda emas, matn oʻchirildi.
link-title = Xabardagi manzilni ochasizmi?
link-open = Ochish

## Что уже известно

answers-title = Menyudagi javoblar
answer-language = Til
answer-topic = Mavzu
answer-danger = Xavf haqida aytdi
history-title = Avvalgi murojaatlar
history-none = Avval murojaat qilmagan.
history-count =
    { $n ->
        [0] birinchi murojaati
        [one] avvalgi murojaatlar: { $n }
       *[other] avvalgi murojaatlar: { $n }
    }
timeline-title = Nima boʻldi
timeline-none = Hozircha hech narsa yoʻq.
tl-opened = Murojaat boshlandi
tl-answered = Menyudagi javob
tl-danger = Xavf haqida aytdi
tl-waiting = Navbatga turdi
tl-offered = Operatorga taklif qilindi
tl-accepted = Operator qabul qildi
tl-passed = Operator oʻtkazib yubordi
tl-missed = Operator javob bermadi
tl-expired = Javob vaqti tugadi
tl-withdrawn = Taklif qaytarib olindi
tl-reserved = Operatorga biriktirildi
tl-talking = Suhbat boshlandi
tl-requeued = Navbatga qaytdi
tl-caller-left = Odam chiqib ketdi
tl-caller-stopped = Odam chatni toʻxtatdi
tl-talk-ended = Suhbat tugadi
tl-finished = Qayd yakunlandi
tl-closed = Murojaat yopildi
tl-case-closed = Eskalatsiya yopildi
tl-raised = Eskalatsiya
tl-acknowledged = Ijroga olindi
tl-paged = Eslatma yuborildi
tl-duty-sms = Navbatchiga SMS
tl-owner = Masʼul tayinlandi
tl-note = Izoh yozildi
tl-record = Qayd oʻzgartirildi
tl-read = Koʻrildi
tl-message = Xabar
tl-other = Hodisa
why-operator-lost = operator bilan aloqa uzildi
why-no-join = operator ulanmadi
why-adrift = qoʻngʻiroq hozir bizda emas

## Запись

record-title = Qayd
record-lent = Qayd qoʻngʻiroq sizga oʻtganda ochiladi.
record-none = Murojaatni qabul qilganingizda qayd ochiladi.
record-finish = Saqlash va yakunlash
record-write-up = Qaydni toʻldirish
record-gaps = { $n } ta maydonni toʻldirish kerak
section-kind = Murojaat turi
non-data-text = Qolganini toʻldirish shart emas. Suhbat davom etayotgan boʻlsa, tugaydi.
non-data-close = «{ $kind }» deb yopish
non-data-drops = Qaydda matn bor. U yoʻqoladi.
field-needed = majburiy
field-from-intake = menyudan
select-none = — tanlanmagan —
combo-hint = Yoza boshlang
combo-none = Hech narsa topilmadi
summary-hint = Boshqa odamlarning ismi va raqamlarini yozmang.
save-new = Hali saqlanmagan
save-saved = Saqlandi { $time }
save-saving = Saqlanmoqda…
save-retry = Saqlanmadi, qayta urinamiz ({ $n })
save-clash = Saqlanmadi: bu maydonni yana kimdir oʻzgartirdi. Qaysi biri qolishini tanlang
save-refused = Saqlanmadi: belgilangan maydonni tuzating
save-shut = Saqlanmadi: bu qaydni endi oʻzgartirib boʻlmaydi
clash-text = bu maydonni yana kimdir oʻzgartirdi
clash-mine = Sizniki
clash-theirs = Saqlangani
clash-keep-mine = Menikini qoldirish
clash-keep-theirs = Saqlanganini qoldirish
screening-asked = Bu mavzu boʻyicha ekspluatatsiya belgilarini soʻrang.
sign-danger = xavfli
finish-open-title = Murojaat hali tugamagan
finish-open-call = Suhbat davom etmoqda. Qaydni yakunlasangiz, u tugaydi.
finish-open-chat = Chat hali ochiq. Qaydni yakunlasangiz, u tugaydi.
finish-unsaved = Qayd yakunlanmadi: oxirgi oʻzgarishlar hali saqlanmagan. Aloqa tiklangach, qayta urinib koʻring.
risk-title = Xavf darajasi
risk-none = belgilar yoʻq
risk-raised = oshgan
risk-high = yuqori
risk-immediate = hozir xavf ostida
risk-why-now = hozir xavf bor
risk-why-intake = menyuda xavf haqida aytdi
risk-why-topic = murojaat mavzusi
risk-filter-danger = Xavf
risk-filter-screened = Belgilari bor
risk-filter-escalated = Eskalatsiya qilingan

## Эскалация

case-escalate = Eskalatsiya
case-escalate-title = Supervayzerga topshirish
case-escalate-text = Navbatchi supervayzer darhol xabar oladi. Murojaat qaydi ilova qilingan.
case-send = Yuborish
case-sent = { $code } eskalatsiyasi yuborildi.
case-kind = Nima boʻldi
case-kind-danger = Hayotga xavf
case-kind-trafficking = Odam savdosi
case-kind-child = Bola
case-kind-other = Boshqa
case-level = Shoshilinchligi
case-level-urgent = Shoshilinch: 15 daqiqa
case-level-high = Muhim: 4 soat
case-level-normal = Oddiy: 24 soat
case-state-open = Javob kutmoqda
case-state-acknowledged = Ishlanmoqda
case-state-closed = Yopildi
case-reason = Sababi
case-take = Ijroga olaman
case-time-left = Qoldi
case-overdue = Muddati oʻtdi
case-owner = Masʼul
case-owner-is = Masʼul: { $name }
case-no-owner = Masʼul yoʻq
case-code = Kod
case-raised = Kelib tushdi
case-deadline = Muddat
case-none = Bu yerda boʻsh: eskalatsiyalar yoʻq.
case-about = Eskalatsiya haqida
case-contact-open = Murojaatni ochish
case-note = Yangi izoh
case-note-add = Izoh qoʻshish
case-close = Eskalatsiyani yopish
case-close-title = Nima bilan tugadi
case-result = Natija
case-result-text = Nima qilindi
case-result-helped = Yordam berildi
case-result-referred = Hamkorga topshirildi
case-result-not-confirmed = Tasdiqlanmadi
case-result-unreachable = Bogʻlanib boʻlmadi
untold-title = Supervayzerga aytilmagan
untold-text = Murojaatda xavf yoki uning belgilari bor, ammo supervayzerga aytilmagan. Hozir topshiring yoki nega kerak emasligini yozing.
untold-reason = Nega topshirish kerak emas
untold-go = Topshirmasdan yakunlash

## Журнал, сбойные задания, аудит

filter-name = Filtr
filter-all = Hammasi
filter-from = Boshlanishi
filter-to = Tugashi
filter-week = 7 kun
filter-month = 30 kun
filter-clear = Tozalash
log-time = Vaqt
log-channel = Kanal
log-person = Kim
log-language = Til
log-topic = Mavzu
log-operator = Operator
log-wait = Kutish
log-length = Davomiyligi
log-result = Natija
log-risk = Xavf darajasi
log-state = Holati
log-empty = Bunday murojaatlar yoʻq. Filtrni oʻzgartiring.
log-older = Avvalgilarini koʻrsatish
log-new = Oʻzgarishlar bor: { $n }. Koʻrsatish
review-messages = Yozishma
review-legs = Telefon ulanishlari
review-left = Qoʻngʻiroq qilgan odamning xabarlari
review-no-record = Qayd yoʻq.
review-audited = Bu koʻrish audit jurnaliga yozildi.
review-stale = Aloqa uzilgan edi: bu yerda oʻzgarishlar boʻlishi mumkin. Yangilash
leg-caller = Qoʻngʻiroq qilgan odam
leg-operator = Operator
leg-duty = Navbatchi telefoni
job-text = Bu vazifalar barcha urinishlardan keyin bajarilmadi. Qaytaring yoki olib tashlang.
job-kind = Vazifa
job-error = Xato
job-attempts = Urinishlar
job-discard = Olib tashlash
job-discard-text = Vazifa boshqa bajarilmaydi.
job-none = Toʻxtagan vazifalar yoʻq.
job-under-way = Xuddi shunday vazifa allaqachon bajarilmoqda. Bunisi olib tashlandi.
job-event = Hodisani yetkazish
job-chat-deliver = Xabarni yuborish
job-chat-edit = Xabarni oʻzgartirish
job-chat-typing = Yozayotganini koʻrsatish
job-chat-acknowledge = Bot tugmasiga javob berish
job-chat-idle = Jim qolgan chatni tugatish
job-case-climb = Eskalatsiya haqida eslatish
job-chat-set-aside = Qabul qilib boʻlmagan murojaat
job-chat-release = Ushlab turilgan avtomatik matnni yuborish
job-chat-erase = Messenjerdan oʻchirish
job-chat-shred = Yordam uchun saqlangan nusxani oʻchirish
job-chat-forget = Muddati boʻyicha messenjerdan oʻchirish
job-chat-remind = Kutayotgan kishiga eslatma
job-case-duty-sms = Navbatchiga SMS
job-voice = Qoʻngʻiroqni boshqarish
audit-actor = Kim
audit-tag = Amal
audit-object = Obyekt
audit-none = Qaydlar yoʻq.
audit-chain-ok = Zanjir butun, tekshirilgan qatorlar: { $n }
audit-chain-broken = Zanjir buzilgan: qatorlar oʻzgartirilgan
audit-system = Tizim
audit-ok = bajarildi
audit-denied = ruxsat berilmadi
audit-failed = bajarilmadi
object-audit = Audit jurnali
object-case = Eskalatsiya
object-contact = Murojaat
object-contact-log = Murojaatlar jurnali
object-job = Vazifa
object-line = Liniya
object-message = Xabar
object-staff = Xodim
tag-access-denied = Ruxsatsiz urinish
tag-audit-read = Auditni koʻrish
tag-case-read = Eskalatsiyani koʻrish
tag-contact-log-read = Jurnalni koʻrish
tag-contact-read = Murojaatni koʻrish
tag-escalation-acknowledged = Eskalatsiya qabul qilindi
tag-escalation-closed = Eskalatsiya yopildi
tag-escalation-noted = Eskalatsiyaga izoh
tag-escalation-raised = Eskalatsiya boshlandi
tag-job-discarded = Vazifa olib tashlandi
tag-job-retried = Vazifa qaytarildi
tag-login-failed = Muvaffaqiyatsiz kirish
tag-login-ok = Kirish
tag-logout = Chiqish
tag-message-decided = Xabar boʻyicha qaror
tag-message-read = Xabarlarni koʻrish
tag-message-played = Xabarni tinglash
tag-message-sent = Xabar yuborildi
tag-message-edited = Xabar oʻzgartirildi
tag-message-noted = Hamkasblar uchun belgi yozildi
tag-link-code-given = Boshqa kanal uchun kod berildi
tag-link-confirmed = Bir odam deb tasdiqlandi
tag-link-refused = Boshqa-boshqa odam deb belgilandi
tag-link-undone = Bogʻlanish ajratildi
tl-link-code = Boshqa kanal uchun kod berildi
tl-link-suggested = Kod boshqa kanaldan keldi
tl-link-confirmed = Bir odam deb tasdiqlandi
tl-link-refused = Boshqa-boshqa odam deb belgilandi
tl-link-undone = Bogʻlanish ajratildi
tag-offer-accepted = Murojaat qabul qilindi
tag-offer-passed = Murojaat oʻtkazib yuborildi
tag-password-changed = Parol oʻzgartirildi
tag-presence-changed = Xodimning holati oʻzgartirildi
tag-record-finished = Qayd yakunlandi
tag-record-read = Qaydni koʻrish
tag-record-written = Qayd oʻzgartirildi
tag-number-revealed = Raqam toʻliq koʻrsatildi
tag-staff-added = Xodim qoʻshildi
tag-staff-changed = Xodim maʼlumotlari oʻzgartirildi
tag-staff-disabled = Xodim oʻchirildi
tag-staff-listed = Xodimlar roʻyxatini koʻrish
tag-roles-changed = Rollar oʻzgartirildi
tag-contact-opened = Murojaat boshlandi
tag-contact-closed = Murojaat yopildi
tag-escalation-paged = Eskalatsiya haqida eslatma
tag-callback-hurried = Qayta qoʻngʻiroq tezlatildi
tag-callback-postponed = Qayta qoʻngʻiroq kechiktirildi
tag-callback-closed = Qayta qoʻngʻiroq yopildi
tag-callback-agreed = Qoʻngʻiroq vaʼda qilindi
tag-callback-outside = Xavfsiz boʻlmagan vaqtda qoʻngʻiroqqa ruxsat berildi
tag-callback-decided = Amalga oshmagan qoʻngʻiroq boʻyicha qaror qilindi
tag-safety-read = Xavfsiz aloqa oʻqildi
tag-safety-changed = Xavfsiz aloqa oʻzgartirildi
tag-answer-wrong = Boshqa odam javob bergani yozildi
tag-call-watched = Boshqaning suhbatiga ulanish
tag-line-changed = Liniya sozlamalari oʻzgartirildi
tag-phone-changed = Oʻz telefoni oʻzgartirildi
tag-content-erased = Yozishma oʻchirildi

## Сигналы и клавиши

alert-call = Kiruvchi qoʻngʻiroq
alert-chat = Yangi chat
alert-message = Yangi xabar
alert-escalation = Eskalatsiya javob kutmoqda
alert-undecided = Qayta qoʻngʻiroq amalga oshmadi: qaror kerak
alert-title-call = ☎ Qoʻngʻiroq — 189
alert-title-chat = (1) Chat — 189
keys-title = Tugmalar
keys-on = yoqilgan
keys-no-hang-up = Qoʻngʻiroqni tugatish tugmasi yoʻq: faqat ekrandan.
key-answer = Javob berish, chatni qabul qilish
key-mute = Mikrofon
key-next = Keyingi murojaat
key-previous = Oldingi murojaat
key-finish = Qaydni saqlash va yakunlash
key-palette = Istalgan joyga oʻtish
key-help = Shu roʻyxat
key-send = Ochiq oynani yuborish
palette-title = Oʻtish
palette-hint = Boʻlim, murojaat yoki amal

## Murojaat tarixidagi qayta qoʻngʻiroq

tl-callback-asked = Qayta qoʻngʻiroq soʻradi
tl-callback-kept = Goʻshakni qoʻydi, navbati saqlandi
tl-adrift = Qoʻngʻiroq javob bermayapti: taklif qilinmaydi
tl-found-again = Qoʻngʻiroq yana bizda, kutmoqda
tl-callback-called = Qayta qoʻngʻiroq qilyapmiz
tl-callback-passed = Birni bosdi, ulayapmiz
tl-callback-missed = Goʻshakni olmadi
tl-callback-given-up = Boshqa qoʻngʻiroq qilmaymiz
outcome-not-reached = Bogʻlana olmadik
outcome-message = Xabar qoldirdi
outcome-came-again = Yana murojaat qilgan, keyingi murojaatga qarang
tl-callback-hurried = Operator hozir qoʻngʻiroq qilishni soʻradi
tl-callback-put-off = Qoʻngʻiroq keyinga surildi
tl-callback-closed = Qayta qoʻngʻiroq kerak emas
tl-message-left = Xabar qoldirdi
tl-callback-agreed = Kelishilgan vaqtda qoʻngʻiroq vaʼda qilindi
tl-callback-lapsed = Xavfsiz vaqt oʻtdi, qoʻngʻiroq qilinmaydi
tl-callback-outside = Supervizor xavfsiz boʻlmagan vaqtga ruxsat berdi
tl-callback-undecided = Suhbat boʻlmadi, supervizor qaror qiladi
tl-callback-decided = Supervizor qaror qildi
tl-callback-untaken = Oʻz vaqtida hech kim boʻshamadi, kelishilgan yoki xavfsiz soatlar yana kuchda
tl-callback-gathered = Shu odamning oldingi iltimosi qoʻshildi
tl-message-late = Xabar yangi murojaatda kutmoqda
tl-safety-changed = Xavfsiz aloqa oʻzgartirildi
tl-erase-asked = Yozishmani oʻchirish soʻraldi
tl-erased = Yozishma messenjerdan oʻchirildi
tl-erased-counts = oʻchirildi { $deleted }, qoldi { $remaining }
tl-erased-held = Saqlangan nusxa oʻchirildi
tl-campaign = Havola orqali keldi
tl-silent-alarm = Ovozsiz belgi: «yolgʻiz emasman» degan soʻzini yozdi
tl-wrong-answer = Boshqa odam javob berdi
tl-sent-unsafe = Kanal xavfsiz deb belgilanmagan boʻlsa ham yozildi
tl-asked-to-stop = Endi yozmaslikni soʻradi
tl-asked-to-resume = Yana yozish mumkinligini aytdi
## Telephones with sound for training
phone-sim = Ovozli oʻquv telefoni
phone-sim-hint = Haqiqiy ovozlar: telefon tarmogʻisiz, brauzer orqali gapirasiz va eshitasiz
## The talk: hold, keys, somebody else, handing on

call-hold = Kutdirish
call-resume = Suhbatga qaytarish
call-on-hold = Qoʻngʻiroq qilgan odam kutmoqda
call-held-text = Qoʻngʻiroq qilgan odam musiqa eshitmoqda, sizni eshitmaydi
call-hand-on = Uzatish
call-add = Taklif qilish
call-keys = Tugmalar
call-end-title = Qoʻngʻiroq hamma uchun tugatilsinmi?
call-end-text = Suhbatda boshqa odamlar ham bor. Qoʻngʻiroq hamma uchun tugaydi.
call-not-recorded = Suhbat yozib olinmaydi
call-watched = Supervayzer tinglamoqda
party-name = Suhbatda kim bor
party-you = (siz)
party-out = Suhbatdan chiqarish
party-caller = Qoʻngʻiroq qilgan odam
party-operator = Operator
party-third = Taklif qilingan
party-supervisor = Supervayzer
party-here = suhbatda
party-held = musiqa eshitmoqda
party-ringing = qoʻngʻiroq qilinmoqda
party-away = hali suhbatda emas
transfer-title = Qoʻngʻiroqni uzatish
transfer-text = Qayd qoʻngʻiroq bilan birga oʻtadi.
transfer-put-down = Bu yerda qoʻngʻiroq siz goʻshakni qoʻyganingizda oʻtadi. Tugmani bosing, xayrlashing va goʻshakni qoʻying: qoʻngʻiroq qilgan kishi musiqa eshitadi va navbatda birinchi boʻladi.
transfer-warm = Avval gaplashish
transfer-cold = Darhol uzatish
transfer-warm-to = Avval gaplashish: { $name }
transfer-cold-to = Darhol uzatish: { $name }
transfer-somebody = boshqa odam
transfer-asking = { $name }: javob kutilmoqda. Qoʻngʻiroq qilgan odam musiqa eshitmoqda.
transfer-sending = { $name }: qoʻngʻiroq uzatilmoqda. Qoʻngʻiroq qilgan odam musiqa eshitmoqda.
transfer-talking = { $name }: sizni eshitmoqda. Qoʻngʻiroq qilgan odam musiqa eshitmoqda, sizni eshitmaydi.
transfer-to-you = Hamkasbingiz sizga qoʻngʻiroq uzatmoqda. Qoʻngʻiroq qilgan odam sizni hali eshitmaydi.
transfer-to-you-soon = Hamkasbingiz sizga qoʻngʻiroq uzatmoqda. Ulanmoqda.
transfer-finish = Qoʻngʻiroqni topshirish
transfer-back = Oʻzimga qaytarish
transfer-nobody = Hech kim javob bermadi. Qoʻngʻiroq qilgan odam yana siz bilan.
transfer-decline = Rad etish
target-name = Kimga
target-staff = Hamkasbga
target-queue = Navbatga
target-partner = Tashkilotga
target-number = Raqamga
target-number-field = Telefon raqami
target-staff-none = Hozir smenada boshqa hech kim yoʻq. Navbatga yoki tashkilotga uzating.
target-partner-none = Roʻyxatda telefoni bor tashkilot yoʻq.
target-queue-text = Qoʻngʻiroq qilgan odam navbat boshiga oʻtadi, uni birinchi boʻshagan operator qabul qiladi.
target-queue-go = Navbatga uzatish
target-as-is = Oʻzgartirmaslik
third-title = Suhbatga taklif qilish
third-meanwhile = Biz qoʻngʻiroq qilayotganda qoʻngʻiroq qilgan odam
third-present = Hammasini eshitadi
third-present-hint = Suhbat davom etadi, taklif qilingan odam unga qoʻshiladi
third-held = Kutadi
third-held-hint = Siz suhbatga qaytarguningizcha musiqa eshitadi
third-call = Qoʻngʻiroq qilish
third-call-whom = Qoʻngʻiroq qilish: { $name }
keypad-hint = Tugmani bosing: uni narigi tomon eshitadi
key-hold = Qoʻngʻiroq qilgan odamni kutdirish yoki suhbatga qaytarish
offer-transfer = Hamkasbingiz qoʻngʻiroq uzatmoqda

## A supervisor in the talk

watch-name = Suhbatga kirish
watch-listen = Tinglash
watch-whisper = Operatorga aytish
watch-barge = Gapirish
watch-listen-hint = Sizni hech kim eshitmaydi. Operator tinglayotganingizni koʻrib turadi.
watch-whisper-hint = Sizni faqat operator eshitadi.
watch-barge-hint = Sizni qoʻngʻiroq qilgan odam ham, operator ham eshitadi.
watch-leave = Suhbatdan chiqish

## The line: open, hours, announcement, blocks

nav-line = Liniya
line-text = Bu yerdagi oʻzgarishlar darhol kuchga kiradi. Xavfda qolgan odam har doim qoʻngʻiroq qila oladi.
line-now = Hozir
line-open = Liniya ochiq
line-closed = Liniya ish vaqti boʻyicha yopiq
line-closed-by-hand = Liniyani xodim yopgan
line-opens-at = Ochiladi: { $at }
line-opens-unknown = Qachon ochilishi nomaʼlum
line-close = Liniyani yopish
line-close-text = Qoʻngʻiroq qilganlar liniya qachon ochilishini va yana qayerga murojaat qilish mumkinligini eshitadi. Bir bosish bilan qayta ochiladi.
line-open-again = Liniyani ochish
closing-reason = Sababi, hamkasblar uchun
closing-usual = Texnik ishlar
announcement-title = Navbatdagi eʼlon
announcement-text = Kutayotganlarga bugun koʻpchilik shu haqda soʻrayotgani aytiladi.
announcement-choose = Mavzuni tanlang
announcement-start = Yoqish
announcement-stop = Eʼlonni olib tashlash
announcement-on = Eʼlon yoqildi
announcement-off = Eʼlon olib tashlandi
when-name = Qachon qoʻngʻiroq qilish
when-hour = Bir soatdan keyin
when-hours = 3 soatdan keyin
when-day = Bir sutkadan keyin
until-name = Qachongacha
until-open = Qayta ochilguncha
until-hour = 1 soat
until-hours = 3 soat
until-today = Kun oxirigacha
until-day = 24 soat
until-week = 7 kun
until-at = Vaqtni tanlash
until-moment = Kun va vaqt
until-is = { $at } gacha
hours-title = Ish vaqti
hours-text = Bunday yozing: 08:00-12:00, 13:00-20:00. Boʻsh maydon: dam olish kuni. Yarim tun: 24:00.
hours-closed = Dam olish
hours-wrong = Bunday yozing: 08:00-20:00
hours-days = Alohida kunlar
hours-days-none = Bayram va alohida kunlar yoʻq.
hours-day-new = Kun
hours-day-add = Kunni qoʻshish
hours-day-remove = Kunni olib tashlash
hours-save = Ish vaqtini saqlash
hours-saved = Ish vaqti saqlandi
day-monday = Dushanba
day-tuesday = Seshanba
day-wednesday = Chorshanba
day-thursday = Payshanba
day-friday = Juma
day-saturday = Shanba
day-sunday = Yakshanba
block-title = Bloklangan raqamlar
block-text = Bu raqamlar yana qayerdan yordam olish mumkinligini eshitadi. Blok belgilangan vaqtda oʻzi olinadi.
block-none = Hech kim bloklanmagan.
block-reason = Sababi
block-add = Bloklash
block-lift = Blokni olish
flood-title = Qoʻngʻiroqlar oqimi
flood-text = Boshlanishi bir xil raqamlardan ruxsat etilganidan koʻp qoʻngʻiroq qilinmoqda. Ortiqcha qoʻngʻiroqlar yana qayerga murojaat qilish mumkinligini eshitadi va boshqalardan keyin kutadi. Xavfda boʻlgan odam albatta ulanadi.
flood-none = Oqim yoʻq.
flood-now = Qoʻngʻiroqlar oqimi davom etmoqda: ortiqchasi qabul qilinmaydi.
flood-hidden = Yashirin raqamlar
flood-limited = Ortiqcha qoʻngʻiroqlar qabul qilinmaydi
flood-let-in = Hammasi qabul qilinadi
flood-counted = Avtomatik aniqlandi
flood-let-in-do = Hammasini qabul qilish
flood-end = Hisobga qaytarish
flood-add = Oqim deb hisoblash
flood-number = Raqam yoki uning boshlanishi
flood-usual = Navbatchi rahbar qarori

## Calling back, and messages that callers left

nav-callbacks = Qayta qoʻngʻiroq
callback-name = Qayta qoʻngʻiroq
callback-when = Qachon
callback-why = Nima uchun
callback-safe = Qachon xavfsiz
callback-why-waiting = Kutayotganda qayta qoʻngʻiroqni soʻragan
callback-why-agreed = Vaqti kelishilgan
callback-why-missed = Javobsiz qoʻngʻiroq
callback-why-message = Xabar qoldirgan
callback-state-open = Qoʻngʻiroq kutayotganlar
callback-state-done = Gaplashdik
callback-state-undecided = Qaror kerak
callback-state-given-up = Boshqa qoʻngʻiroq qilinmaydi
callback-state-closed = Qoʻlda yopilgan
callback-due = Vaqti keldi
callback-window = { $from } – { $to } oraligʻida
callback-any-time = Istalgan vaqtda
callback-call = Qoʻngʻiroq qilish
callback-call-anyway = Baribir qoʻngʻiroq qilish
callback-open = Ochish
callback-put-off = Keyinga surish
callback-put-off-title = Qoʻngʻiroqni keyinga surish
callback-close = Yopish
callback-close-title = Boshqa qoʻngʻiroq qilmaslik
callback-close-why = Nima uchun
callback-end-reached = Gaplashdik
callback-end-refused = Qoʻngʻiroq qilmaslikni soʻradi
callback-end-wrong-number = Notoʻgʻri raqam
callback-end-unsafe = Qoʻngʻiroq qilish xavfli
callback-end-heard = Tinglandi, qoʻngʻiroq kerak emas
callback-end-no-answer = Hech kim javob bermayapti
callback-end-other = Boshqa
callback-none = Hozir qoʻngʻiroq kutayotgan hech kim yoʻq.
callback-none-such = Bunday qoʻngʻiroqlar yoʻq.
callback-agreed = Kelishilgan vaqt
callback-overdue = Kelishilgan vaqt oʻtib ketdi
callback-try = { $of } tadan { $n }-qoʻngʻiroq
callback-read = Oʻqidim, qoʻngʻiroq qilish
callback-dialling = Qoʻngʻiroq qilinmoqda…
callback-again = Yana urinib koʻrish
callback-again-title = Qachon yana urinib koʻrish
callback-give-up = Boshqa qoʻngʻiroq qilmaslik
callback-tries =
    { $n ->
        [one] { $n } urinish
       *[other] { $n } urinish
    }
callback-last-try = oxirgisi { $at }: { $how }
callback-excepted = { $time } gacha ruxsat, bitta qoʻngʻiroq
callback-exception-over = Istisno muddati tugadi
callback-untaken = Vaqtidan tashqari qoʻngʻiroq uchun hech kim boʻshamadi. U yana oʻz vaqtini kutmoqda.
wrong-answer = Boshqa odam javob berdi
wrong-answer-title = Qoʻngʻiroqni tushuntirmasdan tugatasizmi?
wrong-answer-text = “Kechirasiz, raqam xato” deng, boshqa hech narsa aytmang. Bu yozib qoʻyiladi, keyingi safar qoʻngʻiroq qiladigan xodim ogohlantirish koʻradi.
agree-name = Qoʻngʻiroqqa kelishish
agree-title = Kelishilgan vaqtda qayta qoʻngʻiroq qilish
agree-text = Qachon qoʻngʻiroq qilish xavfsizligini va goʻshakni yana kim olishi mumkinligini soʻrang. Vaqt Bishkek boʻyicha.
agree-holds = Qancha vaqt ichida qoʻngʻiroq qilsa boʻladi
agree-minutes = { $n } daqiqa
agree-reason = Nima uchun
agree-reason-hint = Buni qoʻngʻiroq qiladigan xodim koʻradi. Ism yozmang.
agree-number = Boshqa raqam
agree-number-hint = Boʻsh qolsa: bizga murojaat qilingan raqam.
agree-number-needed = Raqam kerak: bizga raqamsiz yozishgan.
agree-other-time = Boshqa vaqt
agree-go = Qoʻngʻiroqni vaʼda qilish
agree-done = Qoʻngʻiroq vaʼda qilindi: { $time }.
safe-now = Hozir xavfsiz
safe-from = Hozir emas; { $time } dan
safe-unknown = Qoʻngʻiroq qilib boʻlmaydi
safe-not-then = Bu vaqtda qoʻngʻiroq qilish xavfsiz emas. Keyingi xavfsiz vaqt: { $time }.
safe-not = Bu vaqtda qoʻngʻiroq qilish xavfsiz emas.
safe-take = Shu vaqtni tanlash
safe-why-not = Shunga qaramay nima uchun (jurnalda qoladi)
safety-name = Xavfsiz aloqa
safety-never = Bu odam bilan hech qachon bogʻlanmaslik
safety-may-name = Kimligimizni aytsa boʻladi
safety-say-189 = Kim qoʻngʻiroq qilayotganini aytsa boʻladi.
safety-hide-189 = Kim qoʻngʻiroq qilayotganini aytmang.
safety-channels = Qanday bogʻlansa boʻladi
safety-no-message = Ovozli xabar hech qachon qoldirilmaydi.
safety-windows = Qachon xavfsiz, ularning soati boʻyicha
safety-window-add = Soat qoʻshish
safety-window-out = Bu soatlarni olib tashlash
safety-from = Boshi
safety-to = Oxiri
safety-zone = Ular qayerda
safety-others = Telefondan yana kim foydalanadi
safety-if-other = Boshqa odam javob bersa, nima deyish kerak
safety-we-say = Avval ayting
safety-they-say = Sizga shunday javob berishadi
safety-alarm = Chatda «yolgʻiz emasman» soʻzi: oddiy bir-ikki soʻz; bot unga javob bermaydi, siz belgini koʻrasiz
safety-save = Saqlash
safety-saved = Xavfsiz aloqa saqlandi.
safety-stale = Bunga 30 kundan oshdi. Qaytadan soʻrang.
safety-wrong-before = Boshqa odam javob bergan: { $time }. Ehtiyot boʻling.
reply-not-safe = Bu kanal bu odam uchun xavfsiz deb belgilanmagan.
verify-silence = { $n } daqiqadan ortiq jim turishdi. Telefon boshqa birovning qoʻlida boʻlishi mumkin: davom etishdan oldin shartli iborani soʻrang.
verify-done = Tekshirildi
day-0 = Du
day-1 = Se
day-2 = Ch
day-3 = Pa
day-4 = Ju
day-5 = Sh
day-6 = Ya
message-name = Qoʻngʻiroq qilgan odamning xabari
message-place = Xabardagi joy
message-play = Tinglash
message-again = Eshittirib boʻlmadi. Qaytadan
message-lost = Xabar bizga yetib kelmadi.
message-gone = Ovoz yozuvi oʻchirilgan.
message-coming = Xabar hali yuklanmoqda.
## The operator's own telephone

phone-own = Oʻz telefonim
phone-own-hint = Qoʻngʻiroq { $phone } raqamiga keladi; qabul qilish uchun 1 ni bosing
phone-own-label = Qoʻngʻiroqlar uchun oʻz telefonim
phone-own-form = +996… raqami yoki sip:… manzili
phone-own-save = Telefonni saqlash
call-own-take = Telefoningiz goʻshagini koʻtarib, 1 ni bosing.
call-heard-own = Siz oʻz telefoningizda gaplashyapsiz.
call-lost-own = Telefoningiz bilan aloqa uzildi. Qoʻngʻiroq qilgan odam navbatda birinchi boʻlib kutmoqda.

## Suhbatlarni yozib olish

recording-on = Yozib olinmoqda
recording-starting = Yozib olish boshlanmoqda
recording-ending = Aloqa operatori tasdiqlaguncha yoziladi
recording-paused = Yozib olish toʻxtatib turilibdi
recording-why-others = kutish yoki suhbatda boshqalar bor
recording-why-refused = qoʻngʻiroq qiluvchi istamaydi
recording-why-unheard = qoʻngʻiroq qiluvchi ogohlantirishni oxirigacha eshitmadi
recording-why-stopped = tugatildi
recording-why-failed = aloqa operatori yoza olmadi
recording-pause = Yozuvni toʻxtatib turish
recording-resume = Yozuvni davom ettirish
recording-stop = Yozuvni tugatish
recording-refuse = Qoʻngʻiroq qiluvchi istamaydi
recording-refuse-hint = Yozuv tugaydi, yozilgani yoʻq qilinadi
line-recording = Suhbatlarni yozib olish
line-recording-is-on = Suhbatlar yozib olinadi
line-recording-is-off = Suhbatlar yozib olinmaydi
line-recording-text = Savollardan oldin qoʻngʻiroq qiluvchilar yozib olinishi va rad etish yoʻlini eshitadi. Faqat oxirigacha eshitib, hech narsa bosmaganlar yozib olinadi.
line-recording-site = Yozib olish bu oʻrnatma sozlamalarida taqiqlangan.
line-recording-carrier = Bu aloqa operatori suhbatlarni yoza olmaydi.
line-recording-start = Suhbatlarni yozib olish
line-recording-stop = Boshqa yozib olmaslik
line-recording-ask = Suhbatlar shu paytdan yozib olinsinmi?
line-recording-ask-text = Yozuvni boshqalar talab qilib, jabrlanuvchiga qarshi ishlatishi mumkin. Faqat qaror qilingan va qoʻngʻiroq qiluvchilarga foydali boʻlsa yoqing.
recorded-title = Suhbat yozuvi
recorded-name = Yozuvdagi joy
recorded-keys = Boʻshliq: tinglash yoki pauza. Strelkalar: 5 soniya. [ va ]: tezlik.
recorded-open = Tinglash (jurnalga yoziladi)
recorded-play = Tinglash
recorded-pause = Pauza
recorded-place = { $length } dan { $at }
recorded-until = { $at } gacha saqlanadi
recorded-pending = Yozuv hali kelmagan
recorded-refused = Qoʻngʻiroq qiluvchi rad etdi, hech narsa saqlanmadi
recorded-none = Hech narsa yozilmadi
recorded-failed = Aloqa operatorida yozuv yoʻq
recorded-destroyed = { $at } yoʻq qilindi
recorded-not-yours = Yozuvlarni tinglash huquqingiz yoʻq
tag-recording-begun = Yozib olish boshlandi, ogohlantirish eshitildi
tag-recording-steered = Yozuv: pauza, davom yoki tugatish
tag-recording-played = Yozuv tinglandi
tag-recording-removed = Yozuv aloqa operatoridan oʻchirildi
tag-recording-destroyed = Yozuv yoʻq qilindi
object-recording = Yozuv
job-recording-steer = Yozuvni boshlash, toʻxtatish yoki tugatish
job-recording-keep = Yozuvni olish
job-recording-remove = Yozuvni aloqa operatoridan oʻchirish
tl-recording-begun = Yozib olish boshlandi
tl-recording-paused = Yozuv toʻxtatib turildi
tl-recording-on = Yozuv davom ettirildi
tl-recording-off = Yozuv tugatildi
tl-recording-refused = Qoʻngʻiroq qiluvchi yozib olishni istamaydi

## Chatdagi fayllar

file-awaited = Fayl yuklanmoqda
file-photo = Rasm
file-voice = Ovozli xabar
file-audio = Ovozli fayl
file-video = Video
file-pdf = PDF hujjat
file-heic = HEIC formatidagi rasm
file-other = Turi nomaʼlum fayl
file-other-hint = Nima ekanini bilsangizgina oching.
file-show = Koʻrsatish
file-hide = Yashirish
file-listen = Tinglash
file-download = Yuklab olish
file-again = Ochilmadi. Yana bir marta
file-place = Ovozli xabardagi joy
file-too-large = Olinmadi: 20 MB dan katta
file-empty = Olinmadi: fayl boʻsh
file-damaged = Olinmadi: fayl buzilgan
file-too-many-pixels = Olinmadi: rasmda nuqtalar juda koʻp
file-gone = Messenjerda fayl endi yoʻq
file-not-fetched = Faylni yuklab boʻlmadi; qayta yuborishini soʻrang
file-no-channel = Bu kanaldan fayllarni hozir olib boʻlmaydi
file-too-many = Olinmadi: bu murojaatda fayl juda koʻp
file-kb = { $n } kB
file-mb = { $n } MB
file-attach = Fayl biriktirish
file-attach-hint = Rasm, PDF, ovoz yoki video, 10 MB gacha
file-sending = Fayl yuborilmoqda
file-not-sent = Fayl yuborilmadi
why-file-gone = fayl oʻchirib tashlangan
tag-file-read = Chatdagi fayl ochildi
job-chat-fetch = Messenjerdan fayl yuklash
