### Qoʻngʻiroqlar, chatlar va ish joyi uchun umumiy soʻzlar. Ruscha matndan tarjima.

# Qirgʻizistonning shoshilinch raqamlari: seen, libphonenumber short-number data; ishga tushirishdan oldin tekshirilsin.
-police-number = 102
-ambulance-number = 103

# Hamkor raqami: config/dialing.toml (manbasi va tekshirilgan kuni oʻsha yerda).
-consular-number = +996 999 312 002
-consular-spoken = +996, 999, 31, 20, 02

app-name = 189 ishonch telefoni

lang-ky = qirgʻizcha
lang-ru = ruscha
lang-uz = oʻzbekcha
lang-en = inglizcha

# Suhbatdan oldin tanlanadigan mavzular (config/taxonomy/intake_topics.yaml).
intake-topic-abroad = Chet elda ishlash, ketish
intake-topic-documents = Hujjatlar, boʻlish huquqi
intake-topic-wages = Ish haqi, ishdagi muammolar
intake-topic-ban = Kirish taqiqi, deportatsiya
intake-topic-missing = Odam bedarak yoʻqolgan
intake-topic-danger = Xavf, ekspluatatsiya
intake-topic-other = Boshqa savol

## Xatolar: odamga nima koʻrsatiladi. Kod server javobidagi bilan bir xil.

error-title = Boʻlmadi
error-back = Orqaga qaytish
error-unknown = Xatolik yuz berdi. Qayta urinib koʻring.
error-unknown-url = Bunday sahifa yoʻq.
error-not-found = Topilmadi yoki sizga ochiq emas.
error-conflict = Boshqa birov sizdan oldin ulgurdi. Sahifani yangilang.
error-invalid = Belgilangan maydonlarni tekshiring.
error-required = Toʻldirish kerak.
error-too-long = Juda uzun.
error-not-an-option = Bunday variant yoʻq.
error-unknown-field = Shaklda bunday maydon yoʻq.
error-wrong-type = Qiymat turi notoʻgʻri.
error-too-large = Maʼlumot juda katta.
error-too-slow = Soʻrov juda uzoq keldi. Takrorlang.
error-method = Bu yerda bunday qilib boʻlmaydi.
error-offer-gone = Murojaat boshqa operatorda yoki odam chiqib ketdi.
error-contact-not-yet-free = Murojaat hozir hamkasbingizdan boʻshamoqda. Yana bir marta bosing.
error-record-conflict = Qaydni boshqa birov oʻzgartirdi. Ikkala variantni solishtiring.
error-not-on-shift = Avval smenani boshlang.
error-already-acknowledged = Eskalatsiyani boshqa xodim qabul qilgan.
error-wrong-login = Kirish nomi yoki parol notoʻgʻri.
error-session-over = Seans vaqti tugadi. Qayta kiring.
error-csrf = Sahifa eskirgan. Yangilab, qaytadan bajaring.
error-origin = Soʻrov begona sahifadan keldi va rad etildi.
error-limit = Urinishlar juda koʻp. Biroz kutib, qaytadan urinib koʻring.
error-unavailable = Xizmat vaqtincha javob bermayapti. Birozdan keyin urinib koʻring.
error-carrier-down = Telefon aloqasi hozir javob bermayapti. Qayta urinib koʻring.
error-message-undeliverable = Xabarni yetkazib boʻlmaydi: suhbatdosh bu kanalda mavjud emas.
error-outcome-unknown = Yetgan-yetmagani nomaʼlum. Takrorlashdan oldin tekshiring.
error-not-yours = Bu murojaatni boshqa operator olib bormoqda.
error-contact-over = Murojaat tugagan.
error-busy = Avval hozirgi suhbatni tugating.
error-carrier-cannot = Bu aloqa operatori buni qila olmaydi.
error-transfer-open = Murojaat uzatilmoqda. Avval uzatishni yakunlang yoki bekor qiling.
error-no-transfer = Hozir uzatish yoʻq.
error-transfer-not-there = Siz uzatayotgan odam hali liniyada emas.
error-colleague-busy = Bu xodim hozir band.
error-colleague-sealed = Bu murojaatni faqat katta operatorga topshirish mumkin.
error-take-unavailable = Avval ishga tayyor ekaningizni belgilang, keyin murojaatni oling.
error-take-busy = Hozir yana bitta murojaat ola olmaysiz. Avval qoʻlingizdagini tugating.
error-take-sealed = Bu murojaatni faqat katta operatorlar olishi mumkin.
error-assign-off-shift = Bu xodim smenada emas.
error-assign-break = Bu xodim tanaffusda yoki tanaffus soʻragan.
error-assign-not-answering = Bu xodim hozir javob bermayapti.
error-assign-busy = Bu xodim band, yana bitta murojaat ola olmaydi.
error-assign-asked = Bu xodimga hozir boshqa murojaat taklif qilinmoqda.
error-assign-sealed = Bu murojaatni faqat katta operatorlar olishi mumkin.
error-number-not-allowed = Bu raqamga bu yerdan qoʻngʻiroq qilib boʻlmaydi.
error-too-many-people = Suhbatda odam juda koʻp.
error-already-on-a-call = Siz boshqa suhbatdasiz.
error-form-changed = Shakl yangilandi. Qaydni qaytadan oching.
error-internal = Ichki xato. Biz uni yozib oldik.
error-update-failed = Xabarni qayta ishlab boʻlmadi; u yana oʻqiladi.
error-chat-not-open = Bu chat hozir sizda emas yoki yopilgan.
error-asked-to-stop = Odam bu yerga yozmaslikni soʻragan. Baribir javob kerak boʻlsa, yangi xabar yozing.
error-message-decided = Bu xabar boʻyicha qaror qabul qilingan.
error-message-not-sent = Bu xabar hali yetib bormagan: uni hozircha oʻzgartirib boʻlmaydi.
error-message-fixed = Bu xabarni oʻzgartirib boʻlmaydi. Yangisini yozing.
error-link-decided = Bu savol allaqachon hal qilingan.
hours-always = kecha-kunduz
error-message-invalid = Bunday xabarni yuborib boʻlmaydi.
error-invalid-input = Belgilangan maydonlarni tekshiring.
error-invalid-json = Soʻrovni oʻqib boʻlmadi.
error-bad-media-type = Bunday turdagi maʼlumot bu yerda qabul qilinmaydi.
error-too-many-fields = Shaklda maydonlar juda koʻp.
error-field-too-long = Maydonlardan biri juda uzun.
error-text-too-long = Matn juda uzun.
error-database-away = Maʼlumotlar hozir mavjud emas. Birozdan keyin urinib koʻring.
error-contacts-in-hand = Avval oʻz murojaatlaringizni tugating.
error-wrap-up-extended = Bu qayd uchun qoʻshimcha vaqt allaqachon olingan.
error-wrap-up-over = Bu qaydning vaqti tugadi. U saqlandi: uni hozir ham yakunlash mumkin.
error-wrap-up-not-begun = Suhbat hali davom etmoqda.
error-no-contact-before = Tanaffusni qayd toʻldirilayotganda yoki murojaatdan keyin 10 daqiqa ichida olish mumkin; har bir murojaatga bittadan.
error-demo-only = Buni faqat oʻquv rejimida qilish mumkin.
error-last-administrator = Bu oxirgi administrator; avval boshqasini tayinlang.
error-login-busy = Hozir kirayotganlar juda koʻp. Bir daqiqadan keyin takrorlang.
error-login-factor = Ikkinchi omil bilan kirish hozir mavjud emas.
error-login-taken = Bunday kirish nomi band.
error-login-wait = Urinishlar juda koʻp. Biroz kutib, qaytadan urinib koʻring.
error-login-wrong = Kirish nomi yoki parol notoʻgʻri.
error-password-guessable = Bunday parolni topish oson. Boshqasini oʻylab toping.
error-password-length = Parol 15 tadan 128 tagacha belgidan iborat boʻlishi kerak.
error-staff-invalid = Xodim maʼlumotlarini tekshiring.
error-case-closed = Bu eskalatsiya yopilgan.
error-case-not-acknowledged = Avval eskalatsiyani ijroga oling.
error-contact-not-talking = Suhbat hali boshlanmagan.
error-danger-without-escalation = Qaydda supervayzer bilishi kerak boʻlgan narsa bor, ammo unga aytilmagan.

## Navbatchiga: shaxsiy maʼlumotsiz va mavzusiz SMS, 70 belgidan oshmaydi.

duty-sms = Shoshilinch: { $code } sizni kutmoqda. Ish joyini oching.

## Vaqt

opens-always = kecha-kunduz

## Qayta qoʻngʻiroq

error-callback-too-late = Qayta qoʻngʻiroq vaʼdasi u vaqtda kuchini yoʻqotadi. Ertaroq vaqtni tanlang.
error-callback-cannot = Bu raqamga qoʻngʻiroq qilib boʻlmaydi.
error-message-unheard = Avval xabarni tinglang: unda qoʻngʻiroq xavfli deyilgan boʻlishi mumkin.
error-callback-wrong-time = Hozirdan 30 kungacha, 24 soatdan uzun boʻlmagan vaqtni tanlang.
error-callback-promised = Bu raqamga qoʻngʻiroq allaqachon vaʼda qilingan. Oʻshani suring.
error-callback-number-needed = Qoʻngʻiroq qilinadigan raqamni yozing.
error-contact-not-allowed = Bu odam unga qoʻngʻiroq qilmaslikni soʻragan.
error-outside-safe-window = Bu vaqtda qoʻngʻiroq qilish xavfsiz emas.
## The operator's own telephone

error-own-phone = Bu yerdan qoʻngʻiroq qilish mumkin boʻlgan toʻliq raqamni (masalan, +996 555 123 456) yoki sip:nom@server manzilini yozing.
error-own-phone-sip = Bu yerdan faqat sip:nom@server koʻrinishidagi manzillarga qoʻngʻiroq qilish mumkin.
error-own-phone-unknown = Avval oʻz telefoningizni koʻrsating.
error-no-recording = Bu yerda oʻzgartiriladigan yozuv yoʻq.
error-recording-ruled-out = Bu yerda suhbatlarni yozib olib boʻlmaydi.
error-file-empty = Fayl boʻsh.
error-file-damaged = Fayl buzilgan, uni yuborib boʻlmaydi.
error-file-too-large = Fayl juda katta: 10 MB gacha yuborish mumkin.
error-file-not-listed = Bunday fayllar yuborilmaydi: rasm, PDF, ovoz yoki video yuborish mumkin.
error-file-too-slow = Fayl juda uzoq yuklandi. Aloqa yaxshilanganda qayta urinib koʻring.
error-no-files-here = Bu kanal orqali fayl yuborib boʻlmaydi.
error-shift-overlaps = Bu xodimning bu vaqtda smenasi bor.
error-absence-overlaps = Bu kunlarning bir qismiga avval soʻragansiz.
error-roster-decided = Bu soʻrov boʻyicha qaror chiqqan yoki u qaytarib olingan.
error-swap-over = Bu smena endi berilmaydi: boshqa oldi, qaytarib olindi, oʻzgartirildi yoki boshqa smenaga toʻgʻri kelib qoldi.
error-swap-taker-gone = Smenani liniyada endi ishlamaydigan xodim olgan. Rad eting, shunda uni boshqalarga taklif qilish mumkin.
