### Кызматкердин иш орду. Орусчасы — баштапкы текст; эне тилинде сүйлөгөн адам окуп чыгышы керек.

## Вход

login-title = Кирүү
login-lead = 189 ишеним телефонунун иш орду
login-name = Кирүү аты
login-password = Сырсөз
login-go = Кирүү
login-help = Сырсөздү унуттуңузбу? Супервайзерге же администраторго кайрылыңыз.
login-private = Кызматкерлер үчүн гана. Бардык аракеттер катталат.
login-languages = Барактын тили

## Рамка

app-title = 189 ишеним телефону
app-loading = Иш орду ачылууда…
app-no-script = Иш ордуна JavaScript керек. Браузерден күйгүзүңүз.
skip-to-content = Мазмунга өтүү
nav-name = Бөлүмдөр
nav-desk = Иш орду
nav-log = Журнал
nav-cases = Эскалациялар
nav-jobs = Үзгүлтүктөр
nav-audit = Аудит
nav-count = Ачык: { $n }
link-online = Байланыш бар
link-slow = Байланыш жай
link-resyncing = Жаңыртылууда
link-offline = Байланыш жок
theme-system = Түстөр системадагыдай
theme-light = Ачык тема
theme-dark = Караңгы тема
action-log-out = Чыгуу
action-cancel = Жокко чыгаруу
action-clear = Тазалоо
action-close-window = Терезени жабуу
action-try-again = Кайталоо
yes = Ооба
no = Жок
not-said = айтылган эмес
other-tab-title = Иш орду башка өтмөктө ачык
other-tab-text = Чалуулар менен билдирүүлөр бир гана өтмөккө келет. Ишти бул жакка которсоңуз, тиги өтмөк токтойт.
other-tab-use = Ушул жерде иштөө
ended-title = Сеанс аяктады
ended-text = Кайра кириңиз. Серверде сакталгандар өз ордунда, жөнөтүлбөгөндөр ушул компьютерде күтүп турат.
ended-login = Кайра кирүү
ended-talking = Сиз дагы эле чалган адам менен линиядасыз.
update-text = Жаңы версия чыкты. Кайрылуулар жок кезде баракты жаңыртса болот.
update-reload = Жаңыртуу
reload-title = Сүйлөшүү жүрүп жатат
reload-text = Баракты жаңыртсаңыз, үн үзүлөт. Сүйлөшүүгө баскыч менен кайтса болот.
reload-go = Баары бир жаңыртуу

## Состояния списков и панелей

state-loading = Жүктөлүүдө
state-failed = Жүктөө мүмкүн болгон жок.
state-code = Колдоо кызматы үчүн код: { $code }
state-denied = Табылган жок же сизге жеткиликсиз. Ишке керек болсо, администраторго кайрылыңыз.
state-panel-failed = Экрандын бул бөлүгү ачылган жок. Калганы иштеп жатат.
fail-line = Сервер жооп берген жок. Байланышты текшерип, кайталаңыз.
fail-unexpected = Аткарылган жок. Кайталаңыз же администраторго айтыңыз.
fail-form = Жазуу формасы жүктөлгөн жок. Баракты жаңыртыңыз.
fail-module = Барактын бул бөлүгү жүктөлгөн жок. Баракты жаңыртыңыз.
offline-text = Байланыш жок. Ишиңиз ушул компьютерде сакталат.
offline-waiting = Жөнөтүүнү күткөн билдирүү: { $n }
offline-not-now = Сервер менен байланыш керек

## Время

fmt-today = Бүгүн
fmt-yesterday = Кечээ
fmt-date =
    { $day }-{ $month ->
        [1] январь
        [2] февраль
        [3] март
        [4] апрель
        [5] май
        [6] июнь
        [7] июль
        [8] август
        [9] сентябрь
        [10] октябрь
        [11] ноябрь
       *[12] декабрь
    }
fmt-date-year =
    { $year }-жылдын { $day }-{ $month ->
        [1] январь
        [2] февраль
        [3] март
        [4] апрель
        [5] май
        [6] июнь
        [7] июль
        [8] август
        [9] сентябрь
        [10] октябрь
        [11] ноябрь
       *[12] декабрь
    }

## Начало смены и состояние

start-title = Саламатсызбы, { $name }
start-text = Үндү текшерип, сменаны баштаңыз: ага чейин сизге эч ким сунушталбайт.
start-phone = Телефон
start-go = Сменаны баштоо
start-no-microphone = Микрофонго уруксат жок. Браузерден уруксат берип, кайра баштаңыз.
phone-browser = Ушул компьютер
phone-browser-hint = Гарнитура жана браузер аркылуу сүйлөшүү
phone-fake = Үйрөтүүчү телефон
phone-fake-hint = Үнсүз: үйрөнүү жана текшерүү үчүн
check-line-ok = Сервер менен байланыш бар
check-line-wait = Сервер менен байланыш али түзүлө элек
check-sound = Үн
check-sound-test = Чалуу үнүн текшерүү
check-volume = Үндүн катуулугу
check-notices = Терезе жашырылганда билдирмелер
check-notices-allow = Уруксат берүү
check-clock-ok = Компьютердин сааты туура
check-clock-off = Компьютердин сааты туура эмес, экрандагы убакыт оңдолду
presence-offline = Сменада эмес
presence-available = Ишке даяр
presence-busy = Бош эмес
presence-wrap-up = Жазууну толтурууда
presence-break = Тыныгуу
presence-not-answering = Жооп бербейт
break-short = кыска
break-meal = тамак
break-meeting = жыйын
break-training = окуу
break-technical = техникалык себеп
break-hard-call = оор сүйлөшүүдөн кийин
break-now = Тыныгуу: { $reason }
break-after-contact = Кайрылуудан кийин: { $reason }
break-planned = тыныгуу кайрылуудан кийин башталат
shift-end = Сменаны бүтүрүү
shift-end-open = Адегенде кайрылууларды бүтүрүңүз: { $n }.
away-title = Ордуңуздасызбы?
away-text = Сунушка жооп болгон жок, ошондуктан сизге жаңы кайрылуулар сунушталбайт.
away-back = Ишке кайтуу
sound-off-text = Биринчи басууга чейин үн өчүк.
sound-on = Үндү күйгүзүү
notices-off-text = Терезе жашырылганда эскалацияны байкабай калышыңыз мүмкүн.
expiring-title = Сеанс жакында аяктайт
expiring-last = Аны узартууга болбойт: бүткөндөн кийин кайра кириңиз.
expiring-stay = Калуу
contact-gone = Кайрылуу кезекке кайтты: { $why }.

## Каналы и состояния контакта

channel-voice = Чалуу
channel-telegram = Telegram
channel-sms = SMS
card-intake = Менюда
card-waiting = Күтүүдө
card-reserved = Туташууда
card-talking = Сүйлөшүүдө
card-wrap-up = Толтурулууда
card-closed = Аяктады
outcome-answered = Жооп берилди
outcome-abandoned = Күтпөй кетти
outcome-left-in-intake = Менюдан чыгып кетти
outcome-out-of-hours = Иш убактысынан тышкары
outcome-rejected = Четке кагылды
outcome-silent = Унчукпады
outcome-unfinished = Жазуу бүтпөй калган
danger-flag = Коркунуч
alarm-flag = Үнсүз белги: жалгыз эмес
topic-none = темасы айтылган эмес

## Предложения, свои контакты, очередь

offers-title = Сунуштар
offer-call = Келген чалуу
offer-chat = Жаңы чат
offer-answer = Жооп берүү
offer-take = Кабыл алуу
offer-pass = Өткөрүп жиберүү
offer-left = Жоопко калган убакыт
offer-waits = Күтүүдө
offer-history = мурда { $n } жолу
pass-paperwork = Жазууну бүтүрүп жатам
pass-language = Менин тилим эмес
pass-other = Башка себеп
mine-title = Менин кайрылууларым
mine-empty = Азыр сизде эч ким жок.
unread = Окула элек:
queue-title = Кезек
queue-waiting =
    { $n ->
        [0] эч ким күтпөйт
        [one] { $n } күтүүдө
       *[other] { $n } күтүүдө
    }
queue-longest = эң узак
queue-empty = Эч ким күтпөйт.
desk-offer-waits = Сол жакта сунуш бар. Убакыт өтө электе жооп бериңиз.
desk-choose = Сол жактан кайрылууну тандаңыз.
desk-wait = Кезек келгенде кайрылуу сизге сунушталат.
desk-quiet = Баары тынч. Эч ким күтпөйт.
tab-name = Иш ордунун бөлүктөрү
tab-queue = Кезек
tab-talk = Сүйлөшүү
tab-record = Жазуу

## Звонок

call-name = Чалуу
call-connecting = Туташтырылууда
call-live = Сүйлөшүү жүрүп жатат
call-lost = Байланыш үзүлдү
call-ended = Чалуу аяктады
call-mute = Микрофонду өчүрүү
call-unmute = Микрофонду күйгүзүү
call-muted = Сизди угушпайт: микрофон өчүк
call-heard = Сизди угуп жатышат
call-heard-fake = Үнсүз үйрөтүүчү чалуу
call-end = Чалууну аяктоо
call-lost-text = Чалуу бул барак аркылуу өтпөй жатат. Чалган адам линияда болушу мүмкүн.
call-reconnect = Чалган адамга кайтуу
call-phone-error = Браузердеги телефон иштебей жатат (код { $code }). «Чалган адамга кайтуу» баскычын басыңыз.
call-end-alone = Сиз линиядан чыктыңыз, бирок сервер жооп берген жок. Чалган адам дагы эле линияда болушу мүмкүн.
wrap-title-call = Чалуу аяктады, жазууну толтуруңуз
wrap-title-chat = Чат аяктады, жазууну толтуруңуз
wrap-text = Жазуу бүткөндө жаңы чалуулар келет.
wrap-left = калды

## Чат

chat-name = Жазышуу
chat-older = Мурункуларын көрсөтүү
chat-new-below = Төмөндө жаңы билдирүүлөр
chat-close = Чатты аяктоо
chat-close-title = Чатты аяктайсызбы?
chat-close-text = Адам өз тилинде коштошуу билдирүүсүн алат. Андан кийин жазууну бүтүрүү калат.
chat-erase = Жазышууну өчүрүү
chat-erase-title = Жазышууну өчүрөсүзбү?
chat-erase-text = Сөздөр бизден дароо, мессенджерден мүмкүн болушунча өчөт. Кайтаруу мүмкүн эмес. Консультациянын жазуусу калат. Телефонду караган киши бош чатты байкашы мүмкүн: азыр коопсузбу, адамдан сураңыз.
chat-erase-held = Эскалация ачык: мессенджерден өчүрүлөт, биздеги жабык көчүрмө эскалация жабылганда өчөт.
chat-erased = Жазышуу өчүрүлдү. Коопсуз болсо, баары жайындабы, сураңыз.
articles = Макалалар
article-staff = оператор үчүн гана
article-source = Булак: { $source }. { $date } карата
article-draft = котормосу текшериле элек
article-put = Жоопко коюу
msg-bot = Бот
msg-queued = кезекте
msg-sending = жөнөтүлүүдө
msg-sent = жөнөтүлдү
msg-delivered = жетти
msg-read = окулду
msg-failed = жеткен жок
msg-unknown = жеткен-жетпегени белгисиз
msg-not-sent = жөнөтүлгөн жок
msg-waits-line = байланышты күтүүдө
msg-decide = Билдирүүнү эмне кылуу керек
msg-send-again = Кайра жөнөтүү
msg-do-not-send = Жөнөтпөө
kind-photo = Сүрөт
kind-voice = Үн билдирүү
kind-document = Документ
kind-location = Картадагы жер
kind-contact = Байланыш маалыматы
kind-sticker = Стикер
kind-other = Тиркеме
kind-video = Видео
kind-edited = Билдирүү оңдолду
kind-press = Баскыч басылды
kind-command = Ботко буйрук
kind-stop = Мындан ары жазбоону суранат
kind-resume = Кайра жазса болот
why-blocked = адам ботту бөгөттөдү
why-no-address = мындай дарек эми жок
why-refused = канал билдирүүнү кабыл алган жок
why-slow-down = канал күтүүнү сурап жатат
why-bad-token = бот туура эмес жөндөлгөн, администраторго айтыңыз
why-unreachable = канал жооп бербей жатат
why-opted-out = бул номерге SMS мындан ары жетпейт: киши байланыш операторунда баш тарткан. Башка канал менен жооп бериңиз
why-undelivered = телефон SMSти кабыл алган жок; кийинчерээк кайра жөнөтүңүз
why-carrier = байланыш оператору баш тартты, код { $code }
why-too-late = жооп берүү убактысы өттү
why-no-channel = канал өчүк
why-dropped = жөнөтпөө чечилди
why-unreadable = текстти окуу мүмкүн эмес
why-bad-number = мындай номер жок; номерди кишиден тактаңыз
why-not-mobile = бул мобилдик номер эмес: SMS барбайт, чалыңыз
why-queue-full = байланыш операторунун кезеги толуп калды; бир мүнөттөн кийин кайра жөнөтүңүз
why-expired = 10 мүнөттө жетпей калды жана кеч келбеши үчүн жокко чыгарылды; дагы керек болсо, кайра жөнөтүңүз
why-phone-off = телефон өчүк же байланыштан тышкары; кийинчерээк кайра жөнөтүңүз
why-barred = номер бизден SMS кабыл албайт; башка канал менен жооп бериңиз
why-filtered = байланыш оператору SMSти спам деп эсептеди; башкача жазып, администраторго билдириңиз
why-country-off = бул өлкөгө SMS жөнөтүлбөйт; башка канал менен жооп берип, администраторго билдириңиз
why-asked-to-stop = автоматтык түрдө жөнөтүлгөн жок: киши жазбоону суранган
why-not-safe = автоматтык түрдө жөнөтүлгөн жок: бул жакка жазуу коопсуз эмес
why-erased = өчүрүлгөн
why-too-long = билдирүү өтө узун, бөлүп жөнөтүңүз
why-gone = билдирүү ал жакта жок
why-outcome-unknown = жеткени белгисиз
todo-blocked = Башка канал болсо, ошондон байланышыңыз; болбосо, чатты аяктаңыз.
todo-no-address = Бул дарекке жазууга болбойт. Чатты аяктап, жазууну толтуруңуз.
todo-opted-out = Ал кайра SMS жазмайынча, жазууга болбойт.
todo-bad-token = Супервайзерге айтыңыз: бот иштебей жатат.
msg-edited = оңдолгон
msg-earlier = Мурунку сөздөр
msg-edit = Оңдоо
msg-edit-save = Оңдоону жөнөтүү
msg-edit-leave = Калтыруу
msg-edit-queued = оңдоо жолдо
msg-edit-failed = Оңдоо жеткен жок, ал мурунку сөздөрдү көрөт
msg-reply = Буга жооп берүү
msg-quoted = Мына буга жооп:
msg-jump = Билдирүүгө өтүү
note-name = Кесиптештер үчүн белги
note-write = Белги жазуу
note-leave = Адамга жазуу
note-hint = Муну кесиптештер гана көрөт. Адамга жөнөтүлбөйт.
note-save = Белгини сактоо
replies-name = Даяр жооптор
replies-none = Мындай жооп жок.
replies-hint = Даяр жооптор: / басыңыз
chat-waiting-us = сизди күтөт
chat-waiting-caller = жообун күтөбүз
chat-resolved = аяктаган
chat-reopened = кайра жазды
chat-unanswered = Жооп күтүп жатышат: { $who }
why-unattended = узакка чейин жооп болгон жок
earlier-open = Кат алышууну ачуу (журналга жазылат)
earlier-title = Мурунку кат алышуу
earlier-empty = Мында жазылган билдирүү жок.
link-code = Башка каналдан байланыштыруу
link-code-title = Башка каналга код
link-code-text = Адам бул кодду башка каналдан (Telegram, SMS) бизге жөнөтсүн. 15 мүнөт жарайт.
link-ask = Ошол эле адамбы? { $who } код жөнөттү.
link-is = Бир адам: { $who }
link-same = Ооба, ошол адам
link-other = Жок, башка
link-undo = Ажыратуу
reply-to = Кимге:
reply-name = { $who } үчүн жооп
reply-hint = Жооп жазыңыз. Enter жөнөтөт, Shift+Enter — жаңы сап
reply-send = Жөнөтүү
reply-letter = { $letter } тамгасын коюу
sms-parts = { $n } SMS
earlier-ask = Телефон башка кишинин колунда болушу мүмкүн. Ошол эле киши экенин билмейинче, мурунку кат алышууну айтпаңыз. Окуганыңыз жазылат.
earlier-show = Көрсөтүү
sms-no-reply = SMS менен жооп берүүгө болбойт: номер байланыш операторунда баш тарткан. Коопсуз болсо, башка канал менен байланышыңыз.
sms-asked-to-stop = Киши бул жакка жазбоону суранган. Ошентсе да жооп берилсинби?
sms-answer-anyway = Ошентсе да жооп берүү
outbox-full = Жөнөтүлбөгөн билдирүүлөр өтө көп. Байланышты күтүңүз.
outbox-lost = Жөнөтүлбөгөн билдирүү: { $n }. Бул кайрылуу мындан ары сизде эмес, текст өчүрүлдү.
link-title = Билдирүүдөгү даректи ачасызбы?
link-open = Ачуу

## Что уже известно

answers-title = Менюдагы жооптор
answer-language = Тил
answer-topic = Тема
answer-danger = Коркунуч жөнүндө айтты
history-title = Мурунку кайрылуулар
history-none = Мурда кайрылган эмес.
history-count =
    { $n ->
        [0] биринчи кайрылуусу
        [one] мурунку кайрылуулар: { $n }
       *[other] мурунку кайрылуулар: { $n }
    }
timeline-title = Эмне болду
timeline-none = Азырынча эч нерсе жок.
tl-opened = Кайрылуу башталды
tl-answered = Менюдагы жооп
tl-danger = Коркунуч жөнүндө айтты
tl-waiting = Кезекке турду
tl-offered = Операторго сунушталды
tl-accepted = Оператор кабыл алды
tl-passed = Оператор өткөрүп жиберди
tl-missed = Оператор жооп берген жок
tl-expired = Жооп убактысы бүттү
tl-withdrawn = Сунуш кайтарылды
tl-reserved = Операторго бекитилди
tl-talking = Сүйлөшүү башталды
tl-requeued = Кезекке кайтты
tl-caller-left = Адам чыгып кетти
tl-caller-stopped = Адам чатты токтотту
tl-talk-ended = Сүйлөшүү бүттү
tl-finished = Жазуу бүттү
tl-closed = Кайрылуу жабылды
tl-case-closed = Эскалация жабылды
tl-raised = Эскалация
tl-acknowledged = Аткарууга алынды
tl-paged = Эскертме жөнөтүлдү
tl-duty-sms = Кезекчиге SMS
tl-owner = Жооптуу дайындалды
tl-note = Кыска жазуу кошулду
tl-record = Жазуу өзгөртүлдү
tl-read = Каралды
tl-message = Билдирүү
tl-other = Окуя
why-operator-lost = оператор менен байланыш үзүлдү
why-no-join = оператор кошулган жок
why-adrift = чалуу азыр бизде эмес

## Запись

record-title = Жазуу
record-lent = Жазуу чалуу сизге өткөндө ачылат.
record-none = Кайрылууну кабыл алганда жазуу ачылат.
record-finish = Сактоо жана бүтүрүү
record-write-up = Жазууну толтуруу
record-gaps = { $n } талааны толтуруу керек
section-kind = Кайрылуунун түрү
non-data-text = Калганын толтуруунун кереги жок. Сүйлөшүү жүрүп жатса, аяктайт.
non-data-close = «{ $kind }» деп жабуу
non-data-drops = Жазууда текст бар. Ал жоголот.
field-needed = милдеттүү
field-from-intake = менюдан
select-none = — тандалган жок —
combo-hint = Жаза баштаңыз
combo-none = Эч нерсе табылган жок
summary-hint = Башка адамдардын аттарын жана номерлерин жазбаңыз.
save-new = Али сактала элек
save-saved = Сакталды { $time }
save-saving = Сакталууда…
save-retry = Сакталган жок, кайталайбыз ({ $n })
save-clash = Сакталган жок: бул талааны дагы бирөө өзгөрттү. Кайсынысы калаарын тандаңыз
save-refused = Сакталган жок: белгиленген талааны оңдоңуз
save-shut = Сакталган жок: бул жазууну мындан ары өзгөртүүгө болбойт
clash-text = бул талааны дагы бирөө өзгөрттү
clash-mine = Сиздики
clash-theirs = Сакталганы
clash-keep-mine = Меникин калтыруу
clash-keep-theirs = Сакталганын калтыруу
screening-asked = Бул тема боюнча эксплуатациянын белгилерин сураңыз.
sign-danger = коркунучтуу
finish-open-title = Кайрылуу али бүтө элек
finish-open-call = Сүйлөшүү жүрүп жатат. Жазууну бүтүрсөңүз, ал аяктайт.
finish-open-chat = Чат али ачык. Жазууну бүтүрсөңүз, ал аяктайт.
finish-unsaved = Жазуу аяктаган жок: акыркы өзгөртүүлөр али сактала элек. Байланыш калыбына келгенде кайталаңыз.
risk-title = Тобокелдик
risk-none = белгилер жок
risk-raised = жогорулаган
risk-high = жогорку
risk-immediate = азыр коркунучта
risk-why-now = азыр коркунуч бар
risk-why-intake = менюда коркунучту айтты
risk-why-topic = кайрылуунун темасы
risk-filter-danger = Коркунуч
risk-filter-screened = Белгилери бар
risk-filter-escalated = Эскалация болгон

## Эскалация

case-escalate = Эскалация
case-escalate-title = Супервайзерге берүү
case-escalate-text = Кезекчи супервайзер дароо белги алат. Кайрылуунун жазуусу тиркелген.
case-send = Жөнөтүү
case-sent = { $code } эскалациясы жөнөтүлдү.
case-kind = Эмне болду
case-kind-danger = Өмүргө коркунуч
case-kind-trafficking = Адам сатуу
case-kind-child = Бала
case-kind-other = Башка
case-level = Шашылыштыгы
case-level-urgent = Шашылыш: 15 мүнөт
case-level-high = Маанилүү: 4 саат
case-level-normal = Кадимки: 24 саат
case-state-open = Жооп күтүүдө
case-state-acknowledged = Иштелүүдө
case-state-closed = Жабылды
case-reason = Себеби
case-take = Аткарууга алам
case-time-left = Калды
case-overdue = Мөөнөтү өттү
case-owner = Жооптуу
case-owner-is = Жооптуу: { $name }
case-no-owner = Жооптуусу жок
case-code = Код
case-raised = Келип түштү
case-deadline = Мөөнөт
case-none = Бул жерде эч нерсе жок: эскалациялар жок.
case-about = Эскалация жөнүндө
case-contact-open = Кайрылууну ачуу
case-note = Жаңы кыска жазуу
case-note-add = Кыска жазууну кошуу
case-close = Эскалацияны жабуу
case-close-title = Эмне менен бүттү
case-result = Жыйынтык
case-result-text = Эмне жасалды
case-result-helped = Жардам берилди
case-result-referred = Өнөктөшкө берилди
case-result-not-confirmed = Ырасталган жок
case-result-unreachable = Байланышуу мүмкүн болгон жок
untold-title = Супервайзерге айтылган эмес
untold-text = Кайрылууда коркунуч же анын белгилери бар, бирок супервайзерге айтылган эмес. Азыр бериңиз же эмне үчүн кереги жок экенин жазыңыз.
untold-reason = Эмне үчүн берүүнүн кереги жок
untold-go = Бербей бүтүрүү

## Журнал, сбойные задания, аудит

filter-name = Чыпка
filter-all = Баары
filter-from = Башталышы
filter-to = Аягы
filter-week = 7 күн
filter-month = 30 күн
filter-clear = Тазалоо
log-time = Убакыт
log-channel = Канал
log-person = Ким
log-language = Тил
log-topic = Тема
log-operator = Оператор
log-wait = Күтүү
log-length = Узактыгы
log-result = Жыйынтык
log-risk = Тобокелдик
log-state = Абалы
log-empty = Мындай кайрылуулар жок. Чыпканы өзгөртүңүз.
log-older = Мурункуларын көрсөтүү
log-new = Өзгөрүүлөр бар: { $n }. Көрсөтүү
review-messages = Жазышуу
review-legs = Телефон туташуулары
review-left = Чалган адамдын билдирүүлөрү
review-no-record = Жазуу жок.
review-audited = Бул көрүү аудит журналына жазылды.
review-stale = Байланыш үзүлгөн: бул жерде өзгөрүүлөр болушу мүмкүн. Жаңыртуу
leg-caller = Чалган адам
leg-operator = Оператор
leg-duty = Кезекчи телефон
job-text = Бул тапшырмалар бардык аракеттерден кийин аткарылган жок. Кайталаңыз же алып салыңыз.
job-kind = Тапшырма
job-error = Ката
job-attempts = Аракеттер
job-discard = Алып салуу
job-discard-text = Тапшырма мындан ары аткарылбайт.
job-none = Токтогон тапшырмалар жок.
job-under-way = Ушундай эле тапшырма аткарылып жатат. Бул алынып салынды.
job-event = Окуяны билдирүү
job-chat-deliver = Билдирүүнү жөнөтүү
job-chat-edit = Билдирүүнү оңдоо
job-chat-typing = Жазып жатканын көрсөтүү
job-chat-acknowledge = Боттун баскычына жооп берүү
job-chat-idle = Унчукпаган чатты аяктоо
job-case-climb = Эскалация жөнүндө эскертүү
job-chat-set-aside = Кабыл алынбай калган кайрылуу
job-chat-release = Кармалган автоматтык текстти жөнөтүү
job-chat-erase = Мессенджерден өчүрүү
job-chat-shred = Жардам үчүн сакталган көчүрмөнү өчүрүү
job-chat-forget = Мөөнөтү боюнча мессенджерден өчүрүү
job-chat-remind = Күткөн кишиге эскертүү
job-case-duty-sms = Кезекчиге SMS
job-voice = Чалууну башкаруу
audit-actor = Ким
audit-tag = Аракет
audit-object = Объект
audit-none = Жазуулар жок.
audit-chain-ok = Чынжыр бүтүн, текшерилген саптар: { $n }
audit-chain-broken = Чынжыр бузулган: саптар өзгөртүлгөн
audit-system = Система
audit-ok = аткарылды
audit-denied = уруксат берилген жок
audit-failed = аткарылган жок
object-audit = Аудит журналы
object-case = Эскалация
object-contact = Кайрылуу
object-contact-log = Кайрылуулар журналы
object-job = Тапшырма
object-line = Линия
object-message = Билдирүү
object-staff = Кызматкер
tag-access-denied = Уруксатсыз аракет
tag-audit-read = Аудитти көрүү
tag-case-read = Эскалацияны көрүү
tag-contact-log-read = Журналды көрүү
tag-contact-read = Кайрылууну көрүү
tag-escalation-acknowledged = Эскалация кабыл алынды
tag-escalation-closed = Эскалация жабылды
tag-escalation-noted = Эскалацияга кыска жазуу
tag-escalation-raised = Эскалация башталды
tag-job-discarded = Тапшырма алып салынды
tag-job-retried = Тапшырма кайталанды
tag-login-failed = Кирүү болгон жок
tag-login-ok = Кирүү
tag-logout = Чыгуу
tag-message-decided = Билдирүү боюнча чечим
tag-message-read = Билдирүүлөрдү көрүү
tag-message-played = Билдирүүнү угуу
tag-message-sent = Билдирүү жөнөтүлдү
tag-message-edited = Билдирүү оңдолду
tag-message-noted = Кесиптештерге белги жазылды
tag-link-code-given = Башка каналга код берилди
tag-link-confirmed = Бир адам деп тааныды
tag-link-refused = Ар башка адам деп тааныды
tag-link-undone = Байланыш ажыратылды
tl-link-code = Башка каналга код берилди
tl-link-suggested = Код башка каналдан келди
tl-link-confirmed = Бир адам деп тааныды
tl-link-refused = Ар башка адам деп тааныды
tl-link-undone = Байланыш ажыратылды
tag-offer-accepted = Кайрылуу кабыл алынды
tag-offer-passed = Кайрылуу өткөрүлүп жиберилди
tag-password-changed = Сырсөз өзгөртүлдү
tag-presence-changed = Кызматкердин абалы өзгөртүлдү
tag-record-finished = Жазуу бүттү
tag-record-read = Жазууну көрүү
tag-record-written = Жазуу өзгөртүлдү
tag-number-revealed = Номер толук көрсөтүлдү
tag-staff-added = Кызматкер кошулду
tag-staff-changed = Кызматкердин маалыматы өзгөртүлдү
tag-staff-disabled = Кызматкер өчүрүлдү
tag-staff-listed = Кызматкерлер тизмесин көрүү
tag-roles-changed = Ролдор өзгөртүлдү
tag-contact-opened = Кайрылуу башталды
tag-contact-closed = Кайрылуу жабылды
tag-escalation-paged = Эскалация жөнүндө эскертме
tag-callback-hurried = Кайра чалуу тездетилди
tag-callback-postponed = Кайра чалуу кийинкиге калтырылды
tag-callback-closed = Кайра чалуу жабылды
tag-callback-agreed = Чалуу убада кылынды
tag-callback-outside = Коопсуз эмес убакта чалууга уруксат берилди
tag-callback-decided = Ишке ашпаган чалуу боюнча чечим кабыл алынды
tag-safety-read = Коопсуз байланыш окулду
tag-safety-changed = Коопсуз байланыш өзгөртүлдү
tag-answer-wrong = Башка киши жооп бергени жазылды
tag-call-watched = Башканын сүйлөшүүсүнө кошулуу
tag-line-changed = Линиянын жөндөөлөрү өзгөртүлдү
tag-phone-changed = Өз телефону өзгөртүлдү
tag-content-erased = Жазышуу өчүрүлдү

## Сигналы и клавиши

alert-call = Келген чалуу
alert-chat = Жаңы чат
alert-message = Жаңы билдирүү
alert-escalation = Эскалация жооп күтүүдө
alert-undecided = Кайра чалуу ишке ашкан жок: чечим керек
alert-title-call = ☎ Чалуу — 189
alert-title-chat = (1) Чат — 189
keys-title = Баскычтар
keys-on = иштейт
keys-no-hang-up = Чалууну аяктоочу баскыч жок: экрандан гана.
key-answer = Жооп берүү, чатты кабыл алуу
key-mute = Микрофон
key-next = Кийинки кайрылуу
key-previous = Мурунку кайрылуу
key-finish = Жазууну сактоо жана бүтүрүү
key-palette = Каалаган жерге өтүү
key-help = Ушул тизме
key-send = Ачык терезени жөнөтүү
palette-title = Өтүү
palette-hint = Бөлүм, кайрылуу же аракет

## Кайрылуунун тарыхындагы кайра чалуу

tl-callback-asked = Кайра чалууну сурады
tl-callback-kept = Телефонду койду, кезеги сакталды
tl-adrift = Чалуу жооп бербейт: сунушталбайт
tl-found-again = Чалуу кайра бизде, күтүп жатат
tl-callback-called = Кайра чалып жатабыз
tl-callback-passed = Бирди басты, туташтырабыз
tl-callback-missed = Телефонду алган жок
tl-callback-given-up = Мындан ары чалбайбыз
outcome-not-reached = Байланыша алган жокпуз
outcome-message = Билдирүү калтырды
outcome-came-again = Кайра кайрылган, кийинки кайрылууну караңыз
tl-callback-hurried = Оператор азыр чалууну суранды
tl-callback-put-off = Чалуу жылдырылды
tl-callback-closed = Кайра чалуунун кереги жок
tl-message-left = Билдирүү калтырды
tl-callback-agreed = Макулдашылган убакта чалуу убада кылынды
tl-callback-lapsed = Коопсуз убакыт өттү, чалбайбыз
tl-callback-outside = Супервизор коопсуз эмес убакытка уруксат берди
tl-callback-undecided = Сүйлөшүү болгон жок, супервизор чечет
tl-callback-decided = Супервизор чечим кабыл алды
tl-callback-untaken = Убагында эч ким бошогон жок, макулдашылган же коопсуз убакыт кайра күчүндө
tl-callback-gathered = Ошол эле адамдын мурунку өтүнүчү кошулду
tl-message-late = Билдирүү жаңы кайрылууда күтүүдө
tl-safety-changed = Коопсуз байланыш өзгөртүлдү
tl-erase-asked = Жазышууну өчүрүү суралды
tl-erased = Жазышуу мессенджерден өчүрүлдү
tl-erased-counts = өчүрүлдү { $deleted }, калды { $remaining }
tl-erased-held = Сакталган көчүрмө өчүрүлдү
tl-campaign = Шилтеме аркылуу келди
tl-silent-alarm = Үнсүз белги: «жалгыз эмесмин» деген сөзүн жазды
tl-wrong-answer = Башка киши жооп берди
tl-sent-unsafe = Канал коопсуз деп белгиленбесе да жазылды
tl-asked-to-stop = Мындан ары жазбоону суранды
tl-asked-to-resume = Кайра жазса болот деди
## Telephones with sound for training
phone-sim = Үнү бар үйрөтүүчү телефон
phone-sim-hint = Чыныгы үндөр: телефон тармагысыз, браузер аркылуу сүйлөп, угасыз
## The talk: hold, keys, somebody else, handing on

call-hold = Күттүрүү
call-resume = Сүйлөшүүгө кайтаруу
call-on-hold = Чалган адам күтүп турат
call-held-text = Чалган адам музыка угуп жатат, сизди укпайт
call-hand-on = Өткөрүп берүү
call-add = Чакыруу
call-keys = Баскычтар
call-end-title = Чалуу баары үчүн аяктасынбы?
call-end-text = Сүйлөшүүдө башка адамдар да бар. Чалуу баары үчүн аяктайт.
call-not-recorded = Сүйлөшүү жаздырылбайт
call-watched = Супервайзер угуп жатат
party-name = Сүйлөшүүдө ким бар
party-you = (сиз)
party-out = Сүйлөшүүдөн чыгаруу
party-caller = Чалган адам
party-operator = Оператор
party-third = Чакырылган адам
party-supervisor = Супервайзер
party-here = сүйлөшүүдө
party-held = музыка угуп жатат
party-ringing = чалып жатабыз
party-away = азырынча сүйлөшүүдө эмес
transfer-title = Чалууну өткөрүп берүү
transfer-text = Жазуу чалуу менен кошо берилет.
transfer-put-down = Бул жерде чалуу сиз трубканы койгондо өтөт. Басып, коштошуңуз да, трубканы коюңуз: чалган адам музыка угуп, биринчи болуп күтөт.
transfer-warm = Адегенде сүйлөшүү
transfer-cold = Дароо берүү
transfer-warm-to = Адегенде сүйлөшүү: { $name }
transfer-cold-to = Дароо берүү: { $name }
transfer-somebody = башка адам
transfer-asking = { $name }: жооп күтүлүүдө. Чалган адам музыка угуп жатат.
transfer-sending = { $name }: чалуу берилүүдө. Чалган адам музыка угуп жатат.
transfer-talking = { $name }: сизди угуп жатат. Чалган адам музыка угуп жатат, сизди укпайт.
transfer-to-you = Кесиптешиңиз сизге чалуу берип жатат. Чалган адам сизди азырынча укпайт.
transfer-to-you-soon = Кесиптешиңиз сизге чалуу берип жатат. Туташтырып жатабыз.
transfer-finish = Чалган адамды берүү
transfer-back = Өзүмө кайтаруу
transfer-nobody = Эч ким жооп берген жок. Чалган адам кайра сиз менен.
transfer-decline = Баш тартуу
target-name = Кимге
target-staff = Кесиптешке
target-queue = Кезекке
target-partner = Уюмга
target-number = Номерге
target-number-field = Телефон номери
target-staff-none = Азыр сменада башка эч ким жок. Кезекке же уюмга бериңиз.
target-partner-none = Тизмеде телефону бар уюм жок.
target-queue-text = Чалган адам кезектин башына турат, аны биринчи бошогон оператор кабыл алат.
target-queue-go = Кезекке берүү
target-as-is = Өзгөртпөө
third-title = Сүйлөшүүгө чакыруу
third-meanwhile = Биз чалып жатканда чалган адам
third-present = Баарын угат
third-present-hint = Сүйлөшүү уланат, чакырылган адам ага кошулат
third-held = Күтүп турат
third-held-hint = Сиз сүйлөшүүгө кайтарганга чейин музыка угат
third-call = Чалуу
third-call-whom = Чалуу: { $name }
keypad-hint = Баскычты басыңыз: аны экинчи тарап угат
key-hold = Чалган адамды күттүрүү же сүйлөшүүгө кайтаруу
offer-transfer = Кесиптешиңиз чалуу берип жатат

## A supervisor in the talk

watch-name = Сүйлөшүүгө кирүү
watch-listen = Угуу
watch-whisper = Операторго айтуу
watch-barge = Сүйлөө
watch-listen-hint = Сизди эч ким укпайт. Оператор сиз угуп жатканыңызды көрүп турат.
watch-whisper-hint = Сизди оператор гана угат.
watch-barge-hint = Сизди чалган адам да, оператор да угат.
watch-leave = Сүйлөшүүдөн чыгуу

## The line: open, hours, announcement, blocks

nav-line = Линия
line-text = Бул жердеги өзгөртүүлөр дароо күчүнө кирет. Коркунучта калган адам дайыма чала алат.
line-now = Азыр
line-open = Линия ачык
line-closed = Линия иштөө убактысы боюнча жабык
line-closed-by-hand = Линияны кызматкер жапкан
line-opens-at = Ачылат: { $at }
line-opens-unknown = Качан ачылары белгисиз
line-close = Линияны жабуу
line-close-text = Чалгандар линия качан ачыларын жана дагы кайда кайрылса болорун угат. Бир басуу менен кайра ачса болот.
line-open-again = Линияны ачуу
closing-reason = Себеби, кесиптештер үчүн
closing-usual = Техникалык иштер
announcement-title = Кезектеги кулактандыруу
announcement-text = Күтүп жаткандарга бүгүн көптөр ушул тууралуу сурап жатканы айтылат.
announcement-choose = Теманы тандаңыз
announcement-start = Күйгүзүү
announcement-stop = Кулактандырууну алып салуу
announcement-on = Кулактандыруу күйгүзүлдү
announcement-off = Кулактандыруу алынды
when-name = Качан чалуу керек
when-hour = Бир сааттан кийин
when-hours = 3 сааттан кийин
when-day = Бир суткадан кийин
until-name = Качанга чейин
until-open = Кайра ачылганга чейин
until-hour = 1 саат
until-hours = 3 саат
until-today = Күндүн аягына чейин
until-day = 24 саат
until-week = 7 күн
until-at = Убакытты тандоо
until-moment = Күнү жана убактысы
until-is = { $at } чейин
hours-title = Иштөө убактысы
hours-text = Мындай жазыңыз: 08:00-12:00, 13:00-20:00. Бош талаа: дем алыш күнү. Түн ортосу: 24:00.
hours-closed = Дем алыш
hours-wrong = Мындай жазыңыз: 08:00-20:00
hours-days = Өзүнчө күндөр
hours-days-none = Майрам жана өзгөчө күндөр жок.
hours-day-new = Күнү
hours-day-add = Күндү кошуу
hours-day-remove = Күндү алып салуу
hours-save = Убактысын сактоо
hours-saved = Иштөө убактысы сакталды
day-monday = Дүйшөмбү
day-tuesday = Шейшемби
day-wednesday = Шаршемби
day-thursday = Бейшемби
day-friday = Жума
day-saturday = Ишемби
day-sunday = Жекшемби
block-title = Бөгөттөлгөн номерлер
block-text = Бул номерлер дагы кайдан жардам алса болорун угат. Бөгөт көрсөтүлгөн убакта өзү алынат.
block-none = Эч ким бөгөттөлгөн эмес.
block-reason = Себеби
block-add = Бөгөттөө
block-lift = Бөгөттү алуу
flood-title = Чалуулардын агымы
flood-text = Башталышы бирдей номерлерден уруксат берилгенден көп чалып жатышат. Ашыкча чалуулар дагы кайда кайрылса болорун угат жана башкалардан кийин күтөт. Коркунучта турган адам дайыма чала алат.
flood-none = Агым жок.
flood-now = Чалуулардын агымы жүрүп жатат: ашыкчасы кабыл алынбайт.
flood-hidden = Жашырылган номерлер
flood-limited = Ашыкча чалуулар кабыл алынбайт
flood-let-in = Баары кабыл алынат
flood-counted = Автоматтык түрдө байкалды
flood-let-in-do = Баарын кабыл алуу
flood-end = Эсепке кайтаруу
flood-add = Агым деп эсептөө
flood-number = Номер же анын башталышы
flood-usual = Нөөмөттүн улуусунун чечими

## Calling back, and messages that callers left

nav-callbacks = Кайра чалуу
callback-name = Кайра чалуу
callback-when = Качан
callback-why = Эмне үчүн
callback-safe = Качан коопсуз
callback-why-waiting = Күтүп турганда кайра чалууну суранган
callback-why-agreed = Убактысы макулдашылган
callback-why-missed = Жооп берилбеген чалуу
callback-why-message = Билдирүү калтырган
callback-state-open = Чалууну күткөндөр
callback-state-done = Сүйлөштүк
callback-state-undecided = Чечим керек
callback-state-given-up = Мындан ары чалынбайт
callback-state-closed = Кол менен жабылган
callback-due = Убакты келди
callback-window = { $from } – { $to } аралыгында
callback-any-time = Каалаган убакта
callback-call = Чалуу
callback-call-anyway = Баары бир чалуу
callback-open = Ачуу
callback-put-off = Кийинкиге жылдыруу
callback-put-off-title = Чалууну кийинкиге жылдыруу
callback-close = Жабуу
callback-close-title = Мындан ары чалбоо
callback-close-why = Эмне үчүн
callback-end-reached = Сүйлөштүк
callback-end-refused = Чалбоону суранды
callback-end-wrong-number = Туура эмес номер
callback-end-unsafe = Чалуу коркунучтуу
callback-end-heard = Угулду, чалуунун кереги жок
callback-end-no-answer = Эч ким жооп бербейт
callback-end-other = Башка
callback-none = Азыр чалууну күткөн эч ким жок.
callback-none-such = Мындай чалуулар жок.
callback-agreed = Макулдашылган убакыт
callback-overdue = Макулдашылган убакыт өтүп кетти
callback-try = { $of } чалуудан { $n }-чалуу
callback-read = Окудум, чалуу
callback-dialling = Чалып жатабыз…
callback-again = Дагы бир жолу чалуу
callback-again-title = Качан дагы чалуу керек
callback-give-up = Мындан ары чалбоо
callback-tries =
    { $n ->
        [one] { $n } аракет
       *[other] { $n } аракет
    }
callback-last-try = акыркысы { $at }: { $how }
callback-excepted = { $time } чейин уруксат, бир чалуу
callback-exception-over = Өзгөчө уруксаттын мөөнөтү бүттү
callback-untaken = Убактысынан тышкары чалууга эч ким бошогон жок. Чалуу кайра өз убактысын күтөт.
wrong-answer = Башка киши жооп берди
wrong-answer-title = Чалууну түшүндүрбөй бүтүрөсүзбү?
wrong-answer-text = «Кечириңиз, номерден жаңылдым» деңиз, башка эч нерсе айтпаңыз. Бул жазылып калат, кийинки жолу чалган кызматкер эскертүү көрөт.
agree-name = Чалууга макулдашуу
agree-title = Макулдашылган убакта кайра чалуу
agree-text = Качан чалуу коопсуз экенин жана трубканы дагы ким алышы мүмкүн экенин сураңыз. Убакыт Бишкек боюнча.
agree-holds = Канча убакыт чалса болот
agree-minutes = { $n } мүнөт
agree-reason = Эмне үчүн
agree-reason-hint = Муну чала турган кызматкер көрөт. Аттарды жазбаңыз.
agree-number = Башка номер
agree-number-hint = Бош калса: бизге кайрылган номер.
agree-number-needed = Номер керек: бизге номерсиз жазышкан.
agree-other-time = Башка убакыт
agree-go = Чалууга убада берүү
agree-done = Чалуу убада кылынды: { $time }.
safe-now = Азыр коопсуз
safe-from = Азыр эмес; { $time } баштап
safe-unknown = Чалууга болбойт
safe-not-then = Бул убакта чалуу коопсуз эмес. Кийинки коопсуз убакыт: { $time }.
safe-not = Бул убакта чалуу коопсуз эмес.
safe-take = Ушул убакытты тандоо
safe-why-not = Ошентсе да эмне үчүн (журналда калат)
safety-name = Коопсуз байланыш
safety-never = Бул киши менен эч качан байланышпоо
safety-may-name = Ким экенибизди айтса болот
safety-say-189 = Ким чалып жатканын айтса болот.
safety-hide-189 = Ким чалып жатканын айтпаңыз.
safety-channels = Кантип байланышса болот
safety-no-message = Үн билдирүүсүн эч качан калтырбайбыз.
safety-windows = Качан коопсуз, алардын сааты боюнча
safety-window-add = Саат кошуу
safety-window-out = Бул сааттарды алып салуу
safety-from = Башы
safety-to = Аягы
safety-zone = Алар кайда
safety-others = Телефонду дагы ким колдонот
safety-if-other = Башка киши жооп берсе, эмне деш керек
safety-we-say = Адегенде айтыңыз
safety-they-say = Сизге мындай жооп беришет
safety-alarm = Чатта «жалгыз эмесмин» деген сөз: кадимки бир-эки сөз; бот ага жооп бербейт, сиз белги көрөсүз
safety-save = Сактоо
safety-saved = Коопсуз байланыш сакталды.
safety-stale = Буга 30 күндөн ашты. Кайра сураңыз.
safety-wrong-before = Башка киши жооп берген: { $time }. Этият болуңуз.
reply-not-safe = Бул канал бул киши үчүн коопсуз деп белгиленген эмес.
verify-silence = { $n } мүнөттөн ашык унчугушкан жок. Телефон башка бирөөнүн колунда болушу мүмкүн: ишти улантуудан мурун шарттуу сөздү сураңыз.
verify-done = Текшерилди
day-0 = Дш
day-1 = Шш
day-2 = Шр
day-3 = Бш
day-4 = Жм
day-5 = Иш
day-6 = Жк
message-name = Чалган адамдын билдирүүсү
message-place = Билдирүүнүн орду
message-play = Угуу
message-again = Ойнотуу мүмкүн болгон жок. Кайталоо
message-lost = Билдирүү бизге жеткен жок.
message-gone = Үн жазуу өчүрүлгөн.
message-coming = Билдирүү жүктөлүп жатат.
## The operator's own telephone

phone-own = Өз телефонум
phone-own-hint = Чалуу { $phone } номерине келет; кабыл алуу үчүн 1ди басыңыз
phone-own-label = Чалуулар үчүн өз телефонум
phone-own-form = +996… номери же sip:… дареги
phone-own-save = Телефонду сактоо
call-own-take = Өз телефонуңуздун трубкасын көтөрүп, 1ди басыңыз.
call-heard-own = Өз телефонуңуз аркылуу сүйлөшүп жатасыз.
call-lost-own = Телефонуңуз менен байланыш үзүлдү. Чалган адам кезекте биринчи күтүп турат.

## Сүйлөшүүлөрдү жазуу

recording-on = Жазылып жатат
recording-starting = Жазуу башталууда
recording-ending = Байланыш оператору ырастаганча жазылат
recording-paused = Жазуу токтотулуп турат
recording-why-others = күттүрүү же сүйлөшүүдө башкалар бар
recording-why-refused = чалган адам каалабайт
recording-why-unheard = чалган адам эскертүүнү аягына чейин уккан жок
recording-why-stopped = аяктады
recording-why-failed = байланыш оператору жаза алган жок
recording-pause = Жазууну токтотуп туруу
recording-resume = Жазууну улантуу
recording-stop = Жазууну бүтүрүү
recording-refuse = Чалган адам каалабайт
recording-refuse-hint = Жазуу бүтөт, жазылганы жок кылынат
line-recording = Сүйлөшүүлөрдү жазуу
line-recording-is-on = Сүйлөшүүлөр жазылат
line-recording-is-off = Сүйлөшүүлөр жазылбайт
line-recording-text = Суроолордон мурда чалгандар жазылар-жазылбасын жана кантип баш тартууну угат. Аягына чейин угуп, эч нерсе баспагандар гана жазылат.
line-recording-site = Жазууга бул орнотуунун жөндөөлөрүндө тыюу салынган.
line-recording-carrier = Бул байланыш оператору сүйлөшүүлөрдү жаза албайт.
line-recording-start = Сүйлөшүүлөрдү жазуу
line-recording-stop = Мындан ары жазбоо
line-recording-ask = Ушул убактан тартып сүйлөшүүлөр жазылсынбы?
line-recording-ask-text = Жазууну башкалар талап кылып, жабырлануучуга каршы колдонушу мүмкүн. Чечим кабыл алынса жана чалгандарга пайдалуу болсо гана күйгүзүңүз.
recorded-title = Сүйлөшүүнүн жазуусу
recorded-name = Жазуудагы орун
recorded-keys = Боштук: угуу же тыныгуу. Жебелер: 5 секунд. [ жана ]: ылдамдык.
recorded-open = Угуу (журналга жазылат)
recorded-play = Угуу
recorded-pause = Тыныгуу
recorded-place = { $length } ичинен { $at }
recorded-until = { $at } чейин сакталат
recorded-pending = Жазуу али келе элек
recorded-refused = Чалган адам баш тартты, эч нерсе сакталган жок
recorded-none = Эч нерсе жазылган жок
recorded-failed = Байланыш операторунда жазуу жок
recorded-destroyed = { $at } жок кылынды
recorded-not-yours = Жазууларды угууга укугуңуз жок
tag-recording-begun = Жазуу башталды, эскертүү угулду
tag-recording-steered = Жазуу: тыныгуу, улантуу же аяктоо
tag-recording-played = Жазуу угулду
tag-recording-removed = Жазуу байланыш операторунан өчүрүлдү
tag-recording-destroyed = Жазуу жок кылынды
object-recording = Жазуу
job-recording-steer = Жазууну баштоо, токтотуу же бүтүрүү
job-recording-keep = Жазууну алуу
job-recording-remove = Жазууну байланыш операторунан өчүрүү
tl-recording-begun = Жазуу башталды
tl-recording-paused = Жазуу токтотулуп турат
tl-recording-on = Жазуу улантылды
tl-recording-off = Жазуу аяктады
tl-recording-refused = Чалган адам жазууну каалабайт

## Чаттагы файлдар

file-awaited = Файл жүктөлүп жатат
file-photo = Сүрөт
file-voice = Үн билдирүү
file-audio = Үн файлы
file-video = Видео
file-pdf = PDF документи
file-heic = HEIC форматындагы сүрөт
file-other = Түрү белгисиз файл
file-other-hint = Эмне экенин билсеңиз гана ачыңыз.
file-show = Көрсөтүү
file-hide = Жашыруу
file-listen = Угуу
file-download = Жүктөп алуу
file-again = Ачылган жок. Дагы бир жолу
file-place = Үн билдирүүдөгү жер
file-too-large = Алынган жок: 20 МБдан чоң
file-empty = Алынган жок: файл бош
file-damaged = Алынган жок: файл бузулган
file-too-many-pixels = Алынган жок: сүрөттө чекит өтө көп
file-gone = Мессенжерде файл жок болуп калган
file-not-fetched = Файлды жүктөө мүмкүн болгон жок; кайра жөнөтүүсүн сураңыз
file-no-channel = Бул каналдан файлдарды азыр алуу мүмкүн эмес
file-too-many = Алынган жок: бул кайрылууда файл өтө көп
file-kb = { $n } кБ
file-mb = { $n } МБ
file-attach = Файл тиркөө
file-attach-hint = Сүрөт, PDF, үн же видео, 10 МБга чейин
file-sending = Файл жөнөтүлүп жатат
file-not-sent = Файл жөнөтүлгөн жок
why-file-gone = файл өчүрүлгөн
tag-file-read = Чаттагы файл ачылды
job-chat-fetch = Мессенжерден файл жүктөө
