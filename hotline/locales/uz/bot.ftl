### Botlar va avtomatik SMS nima yozadi. bot-sms-*: 70 belgidan oshmaydi va mavzusi aytilmaydi.

## Boshlanish

bot-choose-language = Assalomu alaykum! Sizga qaysi til qulay?
bot-language = Oʻzbekcha
bot-language-set = Yaxshi, oʻzbekcha davom etamiz. Xabaringiz operatorga navbatda turibdi.
bot-notice =
    Sizga odam javob beradi. Ismingizni aytish shart emas, nimani aytishni oʻzingiz hal qilasiz.

    Bizga koʻrinmaydi: oʻzingiz aytmaguningizcha ismingiz ham, telefon raqamingiz ham.
    Yashirin emas: chatni Telegram saqlaydi, u boshdan oxirigacha shifrlanmagan va shu telefonda oʻqiladi. /delete uni sizdan ham, bizdan ham oʻchiradi; qachon xavfsizligini oʻzingiz hal qiling.

    Kutish xavfli boʻlsa, «{ bot-danger }» tugmasini bosing. Agar Qirgʻizistonda boʻlsangiz va sizga hozir xavf boʻlsa, { -police-number } raqamiga qoʻngʻiroq qiling; tez yordam: { -ambulance-number }. Boshqa mamlakatda oʻsha mamlakatning shoshilinch raqamiga qoʻngʻiroq qiling.
bot-danger = Shoshilinch

## Savol nima haqida: tugmalar

bot-topic = Nima haqida soʻramoqchisiz? Tanlashingiz yoki darhol oʻz soʻzingiz bilan yozishingiz mumkin.
bot-topic-abroad = Chet elda ishlash
bot-topic-documents = Hujjatlar, boʻlish huquqi
bot-topic-wages = Ish haqi, ish
bot-topic-ban = Kirish taqiqi, deportatsiya
bot-topic-missing = Odam qidiryapman
bot-topic-danger = Aldashdi, ushlab yoki majburlab turishibdi
bot-topic-other = Boshqa savol

## Kutish va suhbat

bot-wait = Rahmat. Nima boʻlganini yoki nimani bilmoqchi ekaningizni yozing: operator hammasini boshidan oʻqiydi. U shu yerda javob beradi.
bot-got-text = Assalomu alaykum! Xabaringiz keldi, operator shu yerda javob beradi. Boshqa til qulay boʻlsa, uni tanlang.
bot-wait-danger = Bu shoshilinch ekanini tushundik: xabaringiz navbatda oldinga surildi. Faqat xavfsiz boʻlsa yozing: qayerdasiz, hozir xavf bormi, sizga javob yozsa boʻladimi. Agar Qirgʻizistonda boʻlsangiz, hayotga xavf tugʻilganda { -police-number } raqamiga qoʻngʻiroq qiling; tez yordam: { -ambulance-number }. Boshqa mamlakatda oʻsha mamlakatning shoshilinch raqamiga qoʻngʻiroq qiling.
bot-closed = Xabaringiz saqlandi. Hozir operatorlar ishlamayapti; liniya ochiladi: { $opens }. Shu yerda javob beramiz. Kutish xavfli boʻlsa, «{ bot-danger }» tugmasini bosing.
bot-busy = Hozir odatdagidan koʻproq odam kutmoqda, shuning uchun tez javob bera olmaymiz. Navbatdagi oʻrningiz saqlanadi.
bot-queue-closed = Xabaringiz saqlandi. Hozir tez javob bera olmaymiz, lekin shu yerda javob beramiz. Kutish xavfli boʻlsa, «{ bot-danger }» tugmasini bosing.
bot-consular-button = Konsullik departamenti
bot-consular = Qirgʻiziston Tashqi ishlar vazirligining konsullik departamenti: { -consular-number }. Bu boshqa tashkilot. Bizning navbatdagi oʻrningiz saqlanadi.
bot-operator-joined = Operator aloqada. Bu telefonni yoki xabarlarni boshqa birov koʻra oladimi?
bot-requeued = Operator bilan aloqa uzildi. Suhbatingiz saqlandi, boshqa operator javob beradi.
bot-ended = Suhbat tugadi. Yozganingiz uchun rahmat. Yangi xabar yangi suhbatni ochadi. Telefoningizni boshqa birov koʻrsa, bu chatni oʻchirish xavfsizroqmi, oʻylab koʻring.
bot-sorry = Kechirasiz, bizda nosozlik yuz berdi. Xabaringiz saqlandi, biz unga qaytamiz.
bot-code-kept = Rahmat, kod keldi. Uni siz bilan gaplashgan operator koʻradi.

## Soʻzdan boshqa yuborilganlar

bot-kept-photo = Rasm keldi, operator uni koʻradi.
bot-kept-voice = Ovozli xabar keldi, operator uni eshitadi.
bot-kept-document = Fayl keldi, operator uni koʻradi.
bot-kept-location = Joylashuv keldi, operator uni yuborganingizni koʻradi. Xavfsiz boʻlsa, qayerdaligingizni soʻz bilan yozing.
bot-kept-contact = Kontakt keldi, operator uni yuborganingizni koʻradi. Imkon boʻlsa, raqamni matn bilan yozing.
bot-kept-sticker = Keldi. Biror narsa soʻramoqchi boʻlsangiz, soʻz bilan yozing.
bot-kept-other = Keldi, operator buni yuborganingizni koʻradi. Imkon boʻlsa, eng muhimini yozib qoʻying.
bot-file-too-large = Bu fayl juda katta: faqat 20 MB gacha boʻlganini ola olamiz. Kichraytirib yoki boʻlib yuboring, yoki eng muhimini yozib qoʻying.

## Yozishma xavfsizligi

bot-help = Bu yerga chet elda ishlash va yashash, hujjatlar, ish haqi va sizni bezovta qilayotgan narsalar haqida yozish mumkin. Odam javob beradi. Shunchaki xabar yozing. /info: oʻqish uchun maʼlumot; /hours: qachon javob beramiz; /language: tilni almashtirish; /delete: yozishmani oʻchirish; /stop: suhbatni tugatish.
bot-stopped = Yaxshi, bu suhbatga boshqa yozmaymiz. Istagan vaqtda qaytadan yozing.
bot-delete-ask = Yozishmani sizdan ham, bizdan ham oʻchiraylikmi? Bu yerdan Telegram faqat ikki kundan yangilarini oʻchiradi. Toʻsatdan boʻshab qolgan chat sezilib qolishi mumkin. Murojaatingiz haqidagi yozuv bizda qoladi.
bot-delete-yes = Oʻchirish
bot-delete-no = Qoldirish
bot-deleted = Sizdan ham, bizdan ham oʻchirildi.
bot-deleted-some = Bizdan oʻchirildi, bu yerdan Telegram ruxsat bergan hammasi oʻchirildi. Qolganini oʻzingiz oʻchiring: chatni oʻchiring.
bot-deleted-held = Bu yerdan mumkin boʻlganining hammasi oʻchirildi. Yopiq nusxasi hozircha bizda qoladi, chunki sizga yordam davom etyapti; keyin uni ham oʻchiramiz.

## Bot buyruqlari, menyuda koʻrinadigani

bot-command-start = Boshidan boshlash
bot-command-language = Tilni almashtirish
bot-command-info = Oʻqish uchun maʼlumot
bot-command-hours = Qachon javob beramiz
bot-command-help = Bu yerda nima qilsa boʻladi
bot-command-stop = Suhbatni tugatish
bot-command-delete = Xabarlarni oʻchirish

## Bot oʻzi qanday yordam beradi

bot-read = Oʻqish
bot-read-list = Nima haqida oʻqimoqchisiz? Navbatdagi oʻrningiz oʻzgarmaydi.
bot-read-more = Yana oʻqish
bot-read-checked = { $date } holatiga koʻra. Qoidalar oʻzgarib turadi: qaror qilishdan oldin operatordan soʻrang.
bot-hours-button = Ish vaqti
bot-hours = Bishkek vaqti boʻyicha javob beramiz:
bot-hours-always = Kechayu kunduz, dam olishsiz javob beramiz.
bot-hours-shut = Hozir operatorlar ishlamayapti; liniya ochiladi: { $opens }.
bot-place-button = Mening navbatim
bot-place =
    { $before ->
        [0] Navbatda keyingisi siz.
        [one] Sizdan oldin { $before } kishi bor.
       *[other] Sizdan oldin { $before } kishi bor.
    }
bot-place-minutes = Taxminan { $minutes } daqiqa kutasiz ({ $low } daqiqadan { $high } daqiqagacha).
bot-place-unknown = Xabaringiz bizda. Qancha kutishingizni aniq ayta olmaymiz.
bot-place-with-you = Operator siz bilan aloqada.
bot-call = Menga qoʻngʻiroq qiling
bot-call-ask = Qaysi raqamga qoʻngʻiroq qilaylik? Uni mamlakat kodi bilan, «+» belgisidan boshlab yuboring. Navbatingiz kelganda operator sizga notanish raqamdan qoʻngʻiroq qiladi; javob berganda 1 ni bosing. Unga qadar kimligimiz aytilmaydi. Fikringiz oʻzgarsa, soʻramoqchi boʻlganingizni yozing.
bot-call-promised = Yozib oldik: { $number }. Navbatingiz kelganda qoʻngʻiroq qilamiz. Bir necha marta urinamiz, lekin har doim ham bogʻlana olmaymiz. Bu yerda ham javob beramiz.
bot-call-already = { $number } raqamiga qoʻngʻiroq avval yozilgan. Bu yerda ham javob beramiz.
bot-call-cannot = Bu raqamga qoʻngʻiroq qila olmaymiz. Operator xabaringizni oʻqib, shu yerda javob beradi.
bot-remind = Sizni unutganimiz yoʻq: bu yerda odam javob beradi.

## SMS

bot-sms-urgent = Shoshilinch
bot-sms-received = Oldik, odam javob beradi. 0 shoshilinch. Til: 1 qir 2 rus 3 oʻzb 4 ing
bot-sms-about = Vaqt: { $hours }. Shoshilinch: { -police-number }, { -ambulance-number }. Chatni bosib oʻchiring.
bot-sms-language-set = Yaxshi, oʻzbekcha javob beramiz. Shoshilinch boʻlsa, 0 yuboring.
bot-sms-wait-danger = Tushundik, shoshilinch. Xavfsiz boʻlsa yozing. { -police-number }, { -ambulance-number }.
bot-sms-closed = Xabar saqlandi, keyinroq javob beramiz. Shoshilinch boʻlsa, 0.
bot-sms-kept = Oldik, lekin ocha olmaymiz. Iltimos, soʻz bilan yozing.
bot-sms-ended = Xabaringiz uchun rahmat. Istagan vaqtda qayta yozing.
bot-sms-deleted = Bizda oʻchirildi. Telefondagisini oʻzingiz oʻchiring.
bot-sms-deleted-held = Nusxa yopiq, keyin oʻchadi. Telefondagini oʻzingiz oʻchiring.
bot-sms-code-kept = Kod keldi, rahmat.
