### Qoʻngʻiroq qilgan odam nimani eshitadi. `.audio`: tovush faylining nomi; matn oʻzgarsa, qayta oʻqiting (docs/prompts.md).
### `.count`: 1 dan koʻrsatilgan songacha oʻqitiladi.

## Boshlanish va til

ivr-welcome = Assalomu alaykum! Bu 189 ishonch telefoni.
    .audio = ivr-welcome

ivr-language = Oʻzbekcha:
    .audio = ivr-language

ivr-danger = Xavf ostida boʻlsangiz,
    .audio = ivr-danger

ivr-notice = Suhbat yozib olinmaydi, ismingizni aytish shart emas. Xavf boʻlsa, nolni istalgan vaqtda bosish mumkin.
    .audio = ivr-notice

ivr-notice-recorded = Operator bilan suhbat yozib olinadi, yozuv faqat cheklangan vaqt saqlanadi. Ismingizni aytish shart emas. Yozib olishni rad etishingiz mumkin, sizga baribir yordam beriladi.
    .audio = ivr-notice-recorded

ivr-unrecorded = Suhbat yozib olinmasligi uchun
    .audio = ivr-unrecorded

ivr-emergency = Qirgʻizistonda boʻlsangiz, hozir xavf boʻlsa, { -police-number } ga qoʻngʻiroq qiling; tez yordam: { -ambulance-number }.
    .audio = ivr-emergency

## Tugmalar: band nomidan keyin eshitiladi

ivr-press-0 = nolni bosing.
    .audio = ivr-press-0

ivr-press-1 = birni bosing.
    .audio = ivr-press-1

ivr-press-2 = ikkini bosing.
    .audio = ivr-press-2

ivr-press-3 = uchni bosing.
    .audio = ivr-press-3

ivr-press-4 = toʻrtni bosing.
    .audio = ivr-press-4

ivr-press-5 = beshni bosing.
    .audio = ivr-press-5

ivr-press-6 = oltini bosing.
    .audio = ivr-press-6

ivr-press-7 = yettini bosing.
    .audio = ivr-press-7

ivr-press-8 = sakkizni bosing.
    .audio = ivr-press-8

ivr-press-9 = toʻqqizni bosing.
    .audio = ivr-press-9

ivr-press-star = yulduzchani bosing.
    .audio = ivr-press-star

ivr-press-hash = panjarani bosing.
    .audio = ivr-press-hash

## Savol nima haqida

ivr-topic = Nima haqida soʻramoqchisiz?
    .audio = ivr-topic

ivr-topic-abroad = Chet elda ishlash va ketish:
    .audio = ivr-topic-abroad

ivr-topic-documents = Hujjatlar va boʻlish huquqi:
    .audio = ivr-topic-documents

ivr-topic-wages = Ish haqi va ishdagi muammolar:
    .audio = ivr-topic-wages

ivr-topic-ban = Kirish taqiqi yoki deportatsiya:
    .audio = ivr-topic-ban

ivr-topic-missing = Odam bedarak yoʻqolgan:
    .audio = ivr-topic-missing

ivr-topic-danger = Sizni aldashdi, ushlab turishibdi yoki majburlashyapti:
    .audio = ivr-topic-danger

ivr-topic-other = Boshqa savol:
    .audio = ivr-topic-other

ivr-repeat = Yana bir bor eshitish uchun,
    .audio = ivr-repeat

ivr-change-language = Tilni oʻzgartirish uchun
    .audio = ivr-change-language

## Kutish

ivr-wait = Rahmat. Sizni operator bilan bogʻlaymiz. Iltimos, goʻshakni qoʻymang.
    .audio = ivr-wait

ivr-wait-danger = Bu shoshilinch ekanini tushundik va sizni boshqalardan oldin bogʻlaymiz. Xavfsiz boʻlsa, goʻshakni qoʻymang. Qoʻngʻiroqni uzish kerak boʻlsa, imkon boʻlganda qayta qoʻngʻiroq qiling.
    .audio = ivr-wait-danger

ivr-position = Navbatdagi oʻrningiz:
    .audio = ivr-position

ivr-number = { $n }
    .audio = ivr-number
    .count = 20

ivr-position-many = Sizdan oldin yigirmadan ortiq odam bor. Har biriga navbati bilan javob beramiz.
    .audio = ivr-position-many

ivr-hold = Siz navbatdasiz. Kutganingiz uchun rahmat.
    .audio = ivr-hold

ivr-connecting = Operator bilan bogʻlayapmiz.
    .audio = ivr-connecting

ivr-operator-lost = Operator bilan aloqa uzildi. Goʻshakni qoʻymang, sizni qayta bogʻlaymiz.
    .audio = ivr-operator-lost

ivr-handed-on = Sizni boshqa mutaxassis bilan bogʻlaymiz. Iltimos, goʻshakni qoʻymang.
    .audio = ivr-handed-on

## Qoʻngʻiroq oxiri

ivr-closed = Hozir operatorlar ishlamayapti. Iltimos, keyinroq qoʻngʻiroq qiling.
    .audio = ivr-closed

ivr-goodbye = Qoʻngʻirogʻingiz uchun rahmat. Oʻzingizni asrang. Xayr.
    .audio = ivr-goodbye

ivr-sorry = Kechirasiz, bizda nosozlik yuz berdi. Iltimos, bir necha daqiqadan keyin qayta qoʻngʻiroq qiling.
    .audio = ivr-sorry

## Operatorga

ivr-op-gone = Qoʻngʻiroq qilgan odam goʻshakni qoʻydi.
    .audio = ivr-op-gone

ivr-op-none = Hozir siz uchun qoʻngʻiroq yoʻq.
    .audio = ivr-op-none

## Qayta qoʻngʻiroq. «Ostona» soʻzlarida ishonch telefonini bildiradigan hech narsa boʻlmasligi kerak: goʻshakni boshqa odam olishi mumkin.

ivr-callback = Telefonda kutmaslik uchun qayta qoʻngʻiroq soʻrang, navbatingiz saqlanadi:
    .audio = ivr-callback

ivr-called-back = Navbatingiz kelganda shu raqamga qayta qoʻngʻiroq qilamiz. Goʻshakni qoʻysangiz boʻladi. Qoʻngʻiroqqa javob berganda birni bosing.
    .audio = ivr-called-back

ivr-callback-cannot = Bu raqamga qayta qoʻngʻiroq qila olmaymiz. Iltimos, aloqada qoling.
    .audio = ivr-callback-cannot

ivr-gate = Assalomu alaykum. Sizga qoʻngʻiroq qilishyapti. Javob berish uchun
    .audio = ivr-gate

ivr-gate-end = Xayr, salomat boʻling.
    .audio = ivr-gate-end
## Liniya: kutish, koʻp beriladigan savollar, haddan tashqari koʻp qoʻngʻiroq

ivr-wait-minutes = Taxminiy kutish vaqti, daqiqada:
    .audio = ivr-wait-minutes

ivr-many-ask = Bugun koʻpchilik shu haqda soʻrayapti:
    .audio = ivr-many-ask

ivr-elsewhere = Hozir bu qoʻngʻiroqqa javob bera olmaymiz. Iltimos, birozdan keyin qoʻngʻiroq qiling.
    .audio = ivr-elsewhere

ivr-still-there = Agar yordam kerak boʻlsa, istalgan tugmani bosing. Hech narsa bosmasangiz, qoʻngʻiroq tugaydi.
    .audio = ivr-still-there

## The operator's own telephone

ivr-op-take = Sizga qoʻngʻiroq bor. Uni qabul qilish uchun birni bosing.
    .audio = ivr-op-take

## Ish vaqtidan tashqari va kutish oʻrniga: xabar, qisqa maʼlumot. Signaldan keyin ovoz yozib olinadi va bu qoʻngʻiroq qilgan odamga aytiladi.

ivr-leave-message = Xabar qoldirish uchun
    .audio = ivr-leave-message

ivr-message = Signaldan keyin gapiring. Xabar yozib olinadi, uni faqat bizning xodimlar eshitadi. Shu raqamga qoʻngʻiroq qilsa boʻladimi va qachon xavfsiz ekanini ayting. Tugatgach, panjarani bosing.
    .audio = ivr-message

ivr-message-kept = Rahmat. Xabaringiz qabul qilindi.
    .audio = ivr-message-kept

ivr-message-empty = Xabar yozib olinmadi.
    .audio = ivr-message-empty

ivr-information = Qisqa maʼlumot uchun
    .audio = ivr-information

ivr-info-about = Bu liniya haqida:
    .audio = ivr-info-about

ivr-info-numbers = Favqulodda raqamlar:
    .audio = ivr-info-numbers

ivr-info-back = Orqaga qaytish uchun
    .audio = ivr-info-back

ivr-about = Bu yerda migratsiya va chet elda ishlash boʻyicha maslahat berishadi, aldangan yoki ushlab turilgan odamlarga yordam berishadi. Ismingizni aytish shart emas.
    .audio = ivr-about

## Navbat toʻlganda va yopilganda

ivr-busy = Hozir odatdagidan koʻproq odam kutmoqda, tez javob bera olmaymiz. Aloqada qolishingiz mumkin, siz navbatdasiz.
    .audio = ivr-busy

ivr-queue-closed = Hozir yangi qoʻngʻiroqlarni qabul qila olmayapmiz. Iltimos, keyinroq qoʻngʻiroq qiling.
    .audio = ivr-queue-closed

ivr-partner-consular = Tashqi ishlar vazirligi konsullik departamentining raqamini eshitish uchun
    .audio = ivr-partner-consular

ivr-consular = Qirgʻiziston Tashqi ishlar vazirligining konsullik departamenti, bu boshqa tashkilot. Telefoni: { -consular-spoken }. Takrorlaymiz: { -consular-spoken }.
    .audio = ivr-consular
