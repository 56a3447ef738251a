### Чалууларга, чаттарга жана иш ордуна жалпы сөздөр. Орусча тексттен которулган.

# Кыргызстандын шашылыш номерлери: seen, libphonenumber short-number data; ишке киргизердин алдында текшерүү керек.
-police-number = 102
-ambulance-number = 103

app-name = 189 ишеним телефону

lang-ky = кыргызча
lang-ru = орусча
lang-uz = өзбекче
lang-en = англисче

# Сүйлөшүүгө чейин тандалуучу темалар (config/taxonomy/intake_topics.yaml).
intake-topic-abroad = Чет өлкөдө иштөө, чыгуу
intake-topic-documents = Документтер, болуу укугу
intake-topic-wages = Айлык, жумуштагы көйгөйлөр
intake-topic-ban = Кирүүгө тыюу, депортация
intake-topic-missing = Адам дайынсыз жоголду
intake-topic-danger = Коркунуч, эксплуатация
intake-topic-other = Башка суроо

## Каталар: адамга эмне көрсөтүү керек. Код сервердин жообундагыдай.

error-title = Болбой калды
error-back = Артка кайтуу
error-unknown = Ката кетти. Кайра аракет кылыңыз.
error-unknown-url = Мындай барак жок.
error-not-found = Табылган жок же сизге жеткиликсиз.
error-conflict = Башка бирөө озунуп кетти. Баракты жаңыртыңыз.
error-invalid = Белгиленген талааларды текшериңиз.
error-required = Толтуруу керек.
error-too-long = Өтө узун.
error-not-an-option = Мындай вариант жок.
error-unknown-field = Формада мындай талаа жок.
error-wrong-type = Маанинин түрү туура эмес.
error-too-large = Маалымат өтө көп.
error-too-slow = Сурам өтө узак келди. Кайталаңыз.
error-method = Бул жерде мындай кылууга болбойт.
error-offer-gone = Кайрылуу башка оператордо же адам чыгып кетти.
error-record-conflict = Жазууну башка бирөө өзгөрттү. Эки вариантты салыштырыңыз.
error-not-on-shift = Адегенде сменаны баштаңыз.
error-already-acknowledged = Эскалацияны башка кызматкер кабыл алган.
error-wrong-login = Кирүү аты же сырсөз туура эмес.
error-session-over = Сеанстын убактысы бүттү. Кайра кириңиз.
error-csrf = Барак эскирген. Жаңыртып, кайталаңыз.
error-origin = Сурам бөтөн барактан келди, ал четке кагылды.
error-limit = Аракет өтө көп болду. Бир аз күтүп, кайталаңыз.
error-unavailable = Кызмат убактылуу жооп бербей жатат. Бир аздан кийин аракет кылыңыз.
error-carrier-down = Телефон байланышы азыр жооп бербей жатат. Кайра аракет кылыңыз.
error-message-undeliverable = Билдирүүнү жеткирүү мүмкүн эмес: маектеш бул каналда жеткиликсиз.
error-outcome-unknown = Жеткен-жетпегени белгисиз. Кайталоодон мурда текшериңиз.
error-not-yours = Бул кайрылууну башка оператор алып барууда.
error-contact-over = Кайрылуу аяктаган.
error-busy = Адегенде азыркы сүйлөшүүнү аяктаңыз.
error-carrier-cannot = Бул байланыш оператору муну жасай албайт.
error-transfer-open = Кайрылуу берилип жатат. Адегенде берүүнү аяктаңыз же жокко чыгарыңыз.
error-no-transfer = Азыр эч кимге берилип жаткан жок.
error-transfer-not-there = Сиз бере турган адам азырынча линияда эмес.
error-colleague-busy = Бул кызматкер азыр бош эмес.
error-take-unavailable = Адегенде ишке даяр экениңизди белгилеңиз, анан кайрылууну алыңыз.
error-take-busy = Азыр дагы бир кайрылууну ала албайсыз. Адегенде колуңуздагыны бүтүрүңүз.
error-take-sealed = Бул кайрылууну улук операторлор гана ала алат.
error-assign-off-shift = Бул кызматкер сменада эмес.
error-assign-break = Бул кызматкер тыныгууда же тыныгуу сураган.
error-assign-not-answering = Бул кызматкер азыр жооп бербей жатат.
error-assign-busy = Бул кызматкер бош эмес, дагы бир кайрылууну ала албайт.
error-assign-asked = Бул кызматкерге дал азыр башка кайрылуу сунушталып жатат.
error-assign-sealed = Бул кайрылууну улук операторлор гана ала алат.
error-number-not-allowed = Бул номерге мындан чалууга болбойт.
error-too-many-people = Сүйлөшүүдө адам өтө көп.
error-already-on-a-call = Сиз башка сүйлөшүүдөсүз.
error-form-changed = Форма жаңырды. Жазууну кайра ачыңыз.
error-internal = Ички ката. Биз аны жазып алдык.
error-update-failed = Билдирүүнү иштетүү мүмкүн болбоду; ал кайра окулат.
error-chat-not-open = Бул чат азыр сизде эмес же жабылган.
error-asked-to-stop = Киши бул жакка жазбоону суранган. Жооп берүү баары бир керек болсо, жаңы билдирүү жазыңыз.
error-message-decided = Бул билдирүү боюнча чечим кабыл алынган.
error-message-not-sent = Бул билдирүү азырынча жеткен жок: аны азыр оңдоого болбойт.
error-message-fixed = Бул билдирүүнү оңдоого болбойт. Жаңысын жазыңыз.
error-link-decided = Бул суроо буга чейин чечилген.
hours-always = күнү-түнү
error-message-invalid = Мындай билдирүүнү жөнөтүүгө болбойт.
error-invalid-input = Белгиленген талааларды текшериңиз.
error-invalid-json = Сурамды окуу мүмкүн болбоду.
error-bad-media-type = Маалыматтын мындай түрү бул жерде кабыл алынбайт.
error-too-many-fields = Формада талаа өтө көп.
error-field-too-long = Талаалардын бири өтө узун.
error-text-too-long = Текст өтө узун.
error-database-away = Маалымат азыр жеткиликсиз. Бир аздан кийин аракет кылыңыз.
error-contacts-in-hand = Адегенде өз кайрылууларыңызды бүтүрүңүз.
error-demo-only = Мындай кылууга окуу режиминде гана болот.
error-last-administrator = Бул акыркы администратор; адегенде башкасын дайындаңыз.
error-login-busy = Азыр кирип жаткандар өтө көп. Бир мүнөттөн кийин кайталаңыз.
error-login-factor = Экинчи фактор менен кирүү азыр жеткиликсиз.
error-login-taken = Мындай кирүү аты бош эмес.
error-login-wait = Аракет өтө көп болду. Бир аз күтүп, кайталаңыз.
error-login-wrong = Кирүү аты же сырсөз туура эмес.
error-password-guessable = Мындай сырсөздү табуу оңой. Башкасын ойлоп табыңыз.
error-password-length = Сырсөз 15тен 128ге чейин белгиден турушу керек.
error-staff-invalid = Кызматкердин маалыматын текшериңиз.
error-case-closed = Бул эскалация жабылган.
error-case-not-acknowledged = Адегенде эскалацияны аткарууга алыңыз.
error-contact-not-talking = Сүйлөшүү али башталган жок.
error-danger-without-escalation = Жазууда супервайзер билиши керек болгон нерсе бар, бирок ага айтылган эмес.

## Кезекчиге: жеке маалыматсыз жана темасыз SMS, 70 белгиден ашпайт.

duty-sms = Шашылыш: { $code } сизди күтөт. Иш ордун ачыңыз.

## Убакыт

opens-always = күнү-түнү

## Кайра чалуу

error-callback-too-late = Кайра чалуу убадасы ал убакта күчүн жоготот. Эртерээк убакытты тандаңыз.
error-callback-cannot = Бул номерге чалууга болбойт.
error-message-unheard = Адегенде билдирүүнү угуңуз: чалуу кооптуу деп айтылган болушу мүмкүн.
error-callback-wrong-time = Азыртан баштап 30 күнгө чейинки, 24 сааттан узун эмес убакытты тандаңыз.
error-callback-promised = Бул номерге чалуу мурунтан убада кылынган. Ошону жылдырыңыз.
error-callback-number-needed = Чала турган номерди жазыңыз.
error-contact-not-allowed = Бул киши ага чалбоону суранган.
error-outside-safe-window = Бул убакта чалуу коопсуз эмес.
## The operator's own telephone

error-own-phone = Бул жерден чалууга боло турган толук номерди (мисалы, +996 555 123 456) же sip:ат@сервер дарегин жазыңыз.
error-own-phone-sip = Бул жерден sip:ат@сервер түрүндөгү даректерге гана чалууга болот.
error-own-phone-unknown = Адегенде өз телефонуңузду көрсөтүңүз.
error-no-recording = Бул жерде өзгөртүлө турган жазуу жок.
error-recording-ruled-out = Бул жерде сүйлөшүүлөрдү жазууга болбойт.
error-file-empty = Файл бош.
error-file-damaged = Файл бузулган, аны жөнөтүүгө болбойт.
error-file-too-large = Файл өтө чоң: 10 МБга чейин жөнөтсө болот.
error-file-not-listed = Мындай файлдар жөнөтүлбөйт: сүрөт, PDF, үн же видео жөнөтсө болот.
error-file-too-slow = Файл өтө узак жүктөлдү. Байланыш жакшырганда кайра аракет кылыңыз.
error-no-files-here = Бул канал менен файл жөнөтүүгө болбойт.
error-shift-overlaps = Бул кызматкердин бул убакта сменасы бар.
error-absence-overlaps = Бул күндөрдүн бир бөлүгүнө мурда сурангансыз.
error-roster-decided = Бул өтүнүч боюнча чечим чыккан же ал кайтарылып алынган.
error-swap-over = Бул смена мындан ары берилбейт: башка алды, кайтарып алышты, өзгөртүштү же башка сменага дал келип калды.
