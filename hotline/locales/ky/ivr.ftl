### Чалган адам эмне угат. `.audio`: үн файлынын аты; текст өзгөрсө, кайра окутуңуз (docs/prompts.md).
### `.count`: 1ден көрсөтүлгөн санга чейин окутулат.

## Башталышы жана тил

ivr-welcome = Саламатсызбы! Бул 189 ишеним телефону.
    .audio = ivr-welcome

ivr-language = Кыргызча:
    .audio = ivr-language

ivr-danger = Коркунучта болсоңуз,
    .audio = ivr-danger

ivr-notice = Сүйлөшүү жазылбайт, атыңызды айтуунун кереги жок. Коркунуч болсо, нөлдү каалаган убакта басса болот.
    .audio = ivr-notice

ivr-notice-recorded = Оператор менен сүйлөшүү жазылып алынат, жазуу чектелген убакытка гана сакталат. Атыңызды айтуунун кереги жок. Жазып алуудан баш тартсаңыз болот, жардам ошондой эле берилет.
    .audio = ivr-notice-recorded

ivr-unrecorded = Жазуусуз сүйлөшүү үчүн
    .audio = ivr-unrecorded

ivr-emergency = Кыргызстанда болсоңуз, азыр коркунуч болсо, { -police-number } номерине чалыңыз; тез жардам: { -ambulance-number }.
    .audio = ivr-emergency

## Баскычтар: пункттун атынан кийин угулат

ivr-press-0 = нөлдү басыңыз.
    .audio = ivr-press-0

ivr-press-1 = бирди басыңыз.
    .audio = ivr-press-1

ivr-press-2 = экини басыңыз.
    .audio = ivr-press-2

ivr-press-3 = үчтү басыңыз.
    .audio = ivr-press-3

ivr-press-4 = төрттү басыңыз.
    .audio = ivr-press-4

ivr-press-5 = бешти басыңыз.
    .audio = ivr-press-5

ivr-press-6 = алтыны басыңыз.
    .audio = ivr-press-6

ivr-press-7 = жетини басыңыз.
    .audio = ivr-press-7

ivr-press-8 = сегизди басыңыз.
    .audio = ivr-press-8

ivr-press-9 = тогузду басыңыз.
    .audio = ivr-press-9

ivr-press-star = жылдызчаны басыңыз.
    .audio = ivr-press-star

ivr-press-hash = торчону басыңыз.
    .audio = ivr-press-hash

## Суроо эмне жөнүндө

ivr-topic = Эмне жөнүндө сурагыңыз келет?
    .audio = ivr-topic

ivr-topic-abroad = Чет өлкөдө иштөө жана чыгуу:
    .audio = ivr-topic-abroad

ivr-topic-documents = Документтер жана болуу укугу:
    .audio = ivr-topic-documents

ivr-topic-wages = Айлык жана жумуштагы көйгөйлөр:
    .audio = ivr-topic-wages

ivr-topic-ban = Кирүүгө тыюу же депортация:
    .audio = ivr-topic-ban

ivr-topic-missing = Адам дайынсыз жоголду:
    .audio = ivr-topic-missing

ivr-topic-danger = Сизди алдашты, кармап жатышат же мажбурлап жатышат:
    .audio = ivr-topic-danger

ivr-topic-other = Башка суроо:
    .audio = ivr-topic-other

ivr-repeat = Дагы бир жолу угуу үчүн,
    .audio = ivr-repeat

ivr-change-language = Тилди өзгөртүү үчүн
    .audio = ivr-change-language

## Күтүү

ivr-wait = Рахмат. Сизди оператор менен байланыштырабыз. Сураныч, трубканы койбоңуз.
    .audio = ivr-wait

ivr-wait-danger = Бул шашылыш экенин түшүндүк, сизди башкалардан мурда байланыштырабыз. Коопсуз болсо, трубканы койбоңуз. Чалууну токтотуу керек болсо, мүмкүн болгондо кайра чалыңыз.
    .audio = ivr-wait-danger

ivr-position = Кезектеги ордуңуз:
    .audio = ivr-position

ivr-number = { $n }
    .audio = ivr-number
    .count = 20

ivr-position-many = Сизден мурда жыйырмадан көп адам бар. Ар бирине кезеги менен жооп беребиз.
    .audio = ivr-position-many

ivr-hold = Сиз кезектесиз. Күткөнүңүзгө рахмат.
    .audio = ivr-hold

ivr-connecting = Оператор менен байланыштырып жатабыз.
    .audio = ivr-connecting

ivr-operator-lost = Оператор менен байланыш үзүлдү. Трубканы койбоңуз, кайра байланыштырабыз.
    .audio = ivr-operator-lost

ivr-handed-on = Сизди башка адис менен байланыштырабыз. Сураныч, трубканы койбоңуз.
    .audio = ivr-handed-on

## Чалуунун аягы

ivr-closed = Азыр операторлор иштебейт. Сураныч, кийинчерээк чалыңыз.
    .audio = ivr-closed

ivr-goodbye = Чалганыңызга рахмат. Өзүңүздү сактаңыз. Жакшы калыңыз.
    .audio = ivr-goodbye

ivr-sorry = Кечиресиз, бизде бузулуу болду. Сураныч, бир нече мүнөттөн кийин кайра чалыңыз.
    .audio = ivr-sorry

## Операторго

ivr-op-gone = Чалган адам трубканы койду.
    .audio = ivr-op-gone

ivr-op-none = Азыр сизге чалуу жок.
    .audio = ivr-op-none

## Кайра чалуу. «Босогонун» сөздөрүндө ишеним телефонун билдирген эч нерсе болбошу керек: телефонду башка киши алышы мүмкүн.

ivr-callback = Телефондо күтпөш үчүн кайра чалууну сураңыз, кезегиңиз сакталат:
    .audio = ivr-callback

ivr-called-back = Кезегиңиз келгенде бул номерге кайра чалабыз. Телефонду койсоңуз болот. Чалууга жооп бергенде бирди басыңыз.
    .audio = ivr-called-back

ivr-callback-cannot = Бул номерге кайра чала албайбыз. Сураныч, байланышта калыңыз.
    .audio = ivr-callback-cannot

ivr-gate = Саламатсызбы. Сизге чалып жатышат. Жооп берүү үчүн
    .audio = ivr-gate

ivr-gate-end = Саламатта калыңыз.
    .audio = ivr-gate-end
## Линия: күтүү, көп берилген суроолор, өтө көп чалуу

ivr-wait-minutes = Болжолдуу күтүү убактысы, мүнөт менен:
    .audio = ivr-wait-minutes

ivr-many-ask = Бүгүн көптөр ушул тууралуу сурап жатат:
    .audio = ivr-many-ask

ivr-elsewhere = Азыр бул чалууга жооп бере албайбыз. Сураныч, бир аздан кийин чалыңыз.
    .audio = ivr-elsewhere

ivr-still-there = Эгер жардам керек болсо, каалаган баскычты басыңыз. Эч нерсе баспасаңыз, чалуу аяктайт.
    .audio = ivr-still-there

## The operator's own telephone

ivr-op-take = Сизге чалуу бар. Аны кабыл алуу үчүн бирди басыңыз.
    .audio = ivr-op-take

## Иш убактысынан тышкары жана күтүүнүн ордуна: билдирүү, кыска маалымат. Сигналдан кийин үн жазылат, бул чалган адамга айтылат.

ivr-leave-message = Билдирүү калтыруу үчүн
    .audio = ivr-leave-message

ivr-message = Сигналдан кийин сүйлөңүз. Билдирүү жазылат, аны биздин кызматкерлер гана угат. Бул номерге чалса болобу жана качан коопсуз экенин айтыңыз. Бүткөндөн кийин торчону басыңыз.
    .audio = ivr-message

ivr-message-kept = Рахмат. Билдирүүңүз кабыл алынды.
    .audio = ivr-message-kept

ivr-message-empty = Билдирүү жазылган жок.
    .audio = ivr-message-empty

ivr-information = Кыска маалымат угуу үчүн
    .audio = ivr-information

ivr-info-about = Бул линия жөнүндө:
    .audio = ivr-info-about

ivr-info-numbers = Шашылыш номерлер:
    .audio = ivr-info-numbers

ivr-info-back = Артка кайтуу үчүн
    .audio = ivr-info-back

ivr-about = Бул жерде миграция жана чет өлкөдө иштөө боюнча кеңеш беришет, алданган же кармалып турган адамдарга жардам беришет. Атыңызды айтуунун кереги жок.
    .audio = ivr-about

## Кезек толгондо жана жабылганда

ivr-busy = Азыр адаттагыдан көп адам күтүп жатат, жообубуз кечигет. Байланышта калсаңыз болот, сиз кезекте турасыз.
    .audio = ivr-busy

ivr-queue-closed = Азыр жаңы чалууларды кабыл ала албай жатабыз. Сураныч, кийинчерээк чалыңыз.
    .audio = ivr-queue-closed

ivr-partner-consular = Тышкы иштер министрлигинин консулдук департаментинин номерин угуу үчүн
    .audio = ivr-partner-consular

ivr-consular = Кыргызстандын Тышкы иштер министрлигинин консулдук департаменти, бул башка мекеме. Телефону: { -consular-spoken }. Кайталайбыз: { -consular-spoken }.
    .audio = ivr-consular
