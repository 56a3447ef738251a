### Botlar va avtomatik SMS nima yozadi. bot-sms-*: 70 belgidan oshmaydi va mavzusi aytilmaydi.

## Boshlanish

bot-choose-language = Assalomu alaykum! Sizga qaysi til qulay?
bot-language = Oʻzbekcha
bot-language-set = Yaxshi, oʻzbekcha davom etamiz. Xabaringiz operatorga navbatda turibdi.
bot-notice =
    Sizga odam javob beradi. Ismingizni aytish shart emas, nimani aytishni oʻzingiz hal qilasiz.

    Bilib qoʻying: bu chat toʻliq shifrlanmagan, yozishma shu telefonda qoladi. Telefoningizni boshqa birov koʻrsa, suhbatdan keyin chatni oʻchiring; hozir oʻchirish kerakmi yoki keyinmi — qaysi biri xavfsizligini oʻzingiz hal qiling.

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
bot-operator-joined = Operator aloqada. Bu telefonni yoki xabarlarni boshqa birov koʻra oladimi?
bot-requeued = Operator bilan aloqa uzildi. Suhbatingiz saqlandi, boshqa operator javob beradi.
bot-ended = Suhbat tugadi. Yozganingiz uchun rahmat. Yangi xabar yangi suhbatni ochadi. Telefoningizni boshqa birov koʻrsa, bu chatni oʻchirish xavfsizroqmi, oʻylab koʻring.
bot-sorry = Kechirasiz, bizda nosozlik yuz berdi. Xabaringiz saqlandi, biz unga qaytamiz.
bot-code-kept = Rahmat, kod keldi. Uni siz bilan gaplashgan operator koʻradi.

## Soʻzdan boshqa yuborilganlar

bot-kept-photo = Rasm keldi, operator uni yuborganingizni koʻradi. Imkon boʻlsa, eng muhimini yozib qoʻying.
bot-kept-voice = Ovozli xabar keldi. Imkon boʻlsa, eng muhimini yozib qoʻying.
bot-kept-document = Fayl keldi, operator uni yuborganingizni koʻradi. Imkon boʻlsa, eng muhimini yozib qoʻying.
bot-kept-location = Joylashuv keldi, operator uni yuborganingizni koʻradi. Xavfsiz boʻlsa, qayerdaligingizni soʻz bilan yozing.
bot-kept-contact = Kontakt keldi, operator uni yuborganingizni koʻradi. Imkon boʻlsa, raqamni matn bilan yozing.
bot-kept-sticker = Keldi. Biror narsa soʻramoqchi boʻlsangiz, soʻz bilan yozing.
bot-kept-other = Keldi, operator buni yuborganingizni koʻradi. Imkon boʻlsa, eng muhimini yozib qoʻying.

## Yozishma xavfsizligi

bot-help = Bu yerga chet elda ishlash va yashash, hujjatlar, ish haqi va sizni bezovta qilayotgan narsalar haqida yozish mumkin. Odam javob beradi. Shunchaki xabar yozing; /language tilni almashtiradi, /stop suhbatni tugatadi.
bot-stopped = Yaxshi, bu suhbatga boshqa yozmaymiz. Istagan vaqtda qaytadan yozing.
bot-delete-ask = Bu suhbatning soʻnggi xabarlarini shu chatdan oʻchiraylikmi? Toʻsatdan boʻshab qolgan chat sezilib qolishi mumkin. Murojaatingiz haqidagi yozuv bizda qoladi.
bot-delete-yes = Oʻchirish
bot-delete-no = Qoldirish
bot-deleted = Oʻchirish mumkin boʻlganining hammasi oʻchirildi. Eskiroq xabarlarni oʻzingiz oʻchiring: chatni oʻchiring.

## Bot buyruqlari, menyuda koʻrinadigani

bot-command-start = Boshidan boshlash
bot-command-language = Tilni almashtirish
bot-command-help = Bu yerda nima qilsa boʻladi
bot-command-stop = Suhbatni tugatish
bot-command-delete = Xabarlarni oʻchirish

## SMS

bot-sms-urgent = Shoshilinch
bot-sms-received = Oldik, odam javob beradi. 0 shoshilinch. Til: 1 qir 2 rus 3 oʻzb 4 ing
bot-sms-language-set = Yaxshi, oʻzbekcha javob beramiz. Shoshilinch boʻlsa, 0 yuboring.
bot-sms-wait-danger = Tushundik, shoshilinch. Xavfsiz boʻlsa yozing. { -police-number }, { -ambulance-number }.
bot-sms-closed = Xabar saqlandi, keyinroq javob beramiz. Shoshilinch boʻlsa, 0.
bot-sms-kept = Oldik, lekin ocha olmaymiz. Iltimos, soʻz bilan yozing.
bot-sms-ended = Xabaringiz uchun rahmat. Istagan vaqtda qayta yozing.
bot-sms-code-kept = Kod keldi, rahmat.
