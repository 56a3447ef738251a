### Рабочее место сотрудника. Русский текст исходный; что значит строка, видно по экрану.

## Вход

login-title = Вход
login-lead = Рабочее место горячей линии 189
login-name = Имя для входа
login-password = Пароль
login-go = Войти
login-help = Забыли пароль? Обратитесь к супервизору или администратору.
login-private = Только для сотрудников. Все действия записываются.
login-languages = Язык страницы

## Рамка

app-title = Горячая линия 189
app-loading = Рабочее место открывается…
app-no-script = Рабочему месту нужен JavaScript. Включите его в браузере.
skip-to-content = Перейти к содержанию
nav-name = Разделы
nav-desk = Рабочее место
nav-log = Журнал
nav-cases = Эскалации
nav-jobs = Сбои
nav-audit = Аудит
nav-count = Открыто: { $n }
link-online = На связи
link-slow = Связь медленная
link-resyncing = Обновляем
link-offline = Нет связи
theme-system = Цвета как в системе
theme-light = Светлая тема
theme-dark = Тёмная тема
action-log-out = Выйти
action-cancel = Отмена
action-clear = Очистить
action-close-window = Закрыть окно
action-try-again = Повторить
yes = Да
no = Нет
not-said = не указано
other-tab-title = Рабочее место открыто в другой вкладке
other-tab-text = Звонки и сообщения приходят только в одну вкладку. Если перенести работу сюда, та вкладка остановится.
other-tab-use = Работать здесь
ended-title = Сеанс завершён
ended-text = Войдите снова. Сохранённое на сервере на месте, неотправленное ждёт вас на этом компьютере.
ended-login = Войти снова
ended-talking = Вы всё ещё на линии со звонящим.
update-text = Вышла новая версия. Страницу можно обновить, когда у вас нет обращений.
update-reload = Обновить
reload-title = Идёт разговор
reload-text = Если обновить страницу, звук прервётся. Вернуться в разговор можно будет кнопкой.
reload-go = Всё равно обновить

## Состояния списков и панелей

state-loading = Загружается
state-failed = Не удалось загрузить.
state-code = Код для поддержки: { $code }
state-denied = Не найдено или недоступно вам. Если это нужно для работы, обратитесь к администратору.
state-panel-failed = Эта часть экрана не открылась. Остальное работает.
fail-line = Сервер не ответил. Проверьте связь и повторите.
fail-unexpected = Не получилось. Повторите или сообщите администратору.
fail-form = Не загрузилась форма записи. Обновите страницу.
fail-module = Эта часть страницы не загрузилась. Обновите страницу.
offline-text = Нет связи. Ваша работа сохраняется на этом компьютере.
offline-waiting =
    { $n ->
        [one] Ждёт отправки { $n } сообщение
        [few] Ждут отправки { $n } сообщения
       *[many] Ждут отправки { $n } сообщений
    }
offline-not-now = Нужна связь с сервером

## Время

fmt-today = Сегодня
fmt-yesterday = Вчера
fmt-date =
    { $day } { $month ->
        [1] января
        [2] февраля
        [3] марта
        [4] апреля
        [5] мая
        [6] июня
        [7] июля
        [8] августа
        [9] сентября
        [10] октября
        [11] ноября
       *[12] декабря
    }
fmt-date-year =
    { $day } { $month ->
        [1] января
        [2] февраля
        [3] марта
        [4] апреля
        [5] мая
        [6] июня
        [7] июля
        [8] августа
        [9] сентября
        [10] октября
        [11] ноября
       *[12] декабря
    } { $year } г.

## Начало смены и состояние

start-title = Здравствуйте, { $name }
start-text = Проверьте звук и начните смену: до этого вам никого не предложат.
start-phone = Телефон
start-go = Начать смену
start-no-microphone = Нет доступа к микрофону. Разрешите его в браузере и начните снова.
phone-browser = Этот компьютер
phone-browser-hint = Разговор через гарнитуру и браузер
phone-fake = Учебный телефон
phone-fake-hint = Без звука: для обучения и проверки
check-line-ok = Связь с сервером есть
check-line-wait = Связь с сервером ещё не установлена
check-sound = Звук
check-sound-test = Проверить звонок
check-volume = Громкость
check-notices = Уведомления, когда окно скрыто
check-notices-allow = Разрешить
check-clock-ok = Часы компьютера верны
check-clock-off = Часы компьютера неверны, время на экране исправлено
presence-offline = Не на смене
presence-available = Готов к работе
presence-busy = Занят
presence-wrap-up = Оформляет запись
presence-break = Перерыв
presence-not-answering = Не отвечает
break-short = короткий
break-meal = еда
break-meeting = совещание
break-training = обучение
break-technical = техническая причина
break-hard-call = после тяжёлого разговора
break-now = Перерыв: { $reason }
break-after-contact = После обращения: { $reason }
break-planned = перерыв начнётся после обращения
break-take-back = Отменить
pause-hard-call = Пауза после тяжёлого разговора
pause-planned = пауза начнётся после обращения
pause-text = Она закончится сама; до этого обращения вам не предлагаются.
shift-end = Закончить смену
shift-end-open =
    { $n ->
        [one] Сначала завершите { $n } обращение.
        [few] Сначала завершите { $n } обращения.
       *[many] Сначала завершите { $n } обращений.
    }
away-title = Вы на месте?
away-text = Предложение осталось без ответа, поэтому новые обращения вам не предлагаются.
away-back = Вернуться к работе
sound-off-text = Звук выключен до первого нажатия.
sound-on = Включить звук
notices-off-text = Когда окно скрыто, эскалацию можно не заметить.
expiring-title = Сеанс скоро завершится
expiring-last = Продлить его нельзя: когда закончите, войдите снова.
expiring-stay = Остаться
contact-gone = Контакт вернулся в очередь: { $why }.

## Каналы и состояния обращения

channel-voice = Звонок
channel-telegram = Telegram
channel-sms = SMS
card-intake = В меню
card-waiting = Ждёт
card-reserved = Соединяется
card-talking = Разговор
card-wrap-up = Оформление
card-unfinished = Запись не завершена
card-closed = Завершено
outcome-answered = Ответили
outcome-abandoned = Не дождался
outcome-left-in-intake = Ушёл из меню
outcome-out-of-hours = Вне часов работы
outcome-rejected = Отклонено
outcome-silent = Молчание
outcome-unfinished = Запись не закончена
danger-flag = Опасность
alarm-flag = Тихая тревога: не один
topic-none = тема не указана

## Предложения, свои обращения, очередь

offers-title = Предложения
offer-call = Входящий звонок
offer-chat = Новый чат
offer-answer = Ответить
offer-take = Принять
offer-pass = Передать дальше
offer-left = Осталось времени на ответ
offer-waits = Ждёт
offer-history =
    { $n ->
        [one] раньше { $n } раз
        [few] раньше { $n } раза
       *[many] раньше { $n } раз
    }
pass-paperwork = Заканчиваю запись
pass-language = Не мой язык
pass-topic = Не моя тема
pass-know-caller = Я знаю этого человека
pass-technical = Техническая неполадка
pass-other = Другая причина
gone-taken = Обращение взял другой сотрудник: { $by }.
gone-own = Вы уже взяли это обращение.
gone-caller-left = Человек уже ушёл.
gone-expired = Время на ответ вышло; обращение ждёт другого оператора.
gone-passed = Вы уже передали это обращение дальше.
gone-withdrawn = Это обращение вам больше не предлагается.
gone-adrift = Связь с человеком сейчас потеряна. Если он вернётся, обращение снова будет ждать.
mine-title = Мои обращения
mine-empty = Сейчас у вас никого нет.
unread = Непрочитанных:
queue-title = Очередь
queue-waiting =
    { $n ->
        [0] никто не ждёт
        [one] ждёт { $n }
        [few] ждут { $n }
       *[many] ждут { $n }
    }
queue-longest = дольше всех
queue-empty = Никто не ждёт.
queue-take = Взять
queue-take-title = Взять это обращение
queue-assign = Назначить…
queue-assign-text = Обращение сразу предлагается этому сотруднику, какими бы языками и темами он ни владел. Если он его не примет, оно останется на своём месте в очереди.
queue-assign-go = Назначить
queue-assign-to = Назначить: { $name }
queue-assigned = Обращение предложено: { $name }.
queue-assign-gone = Это обращение больше не ждёт.
queue-assign-none = Сейчас никого нет на смене.
desk-offer-waits = Слева предложение. Ответьте, пока идёт время.
desk-choose = Выберите обращение слева.
desk-wait = Обращение предложат вам, как только подойдёт очередь.
desk-quiet = Всё спокойно. Никто не ждёт.
tab-name = Части рабочего места
tab-queue = Очередь
tab-talk = Разговор
tab-record = Запись

## Звонок

call-name = Звонок
call-connecting = Соединяем
call-live = Разговор идёт
call-lost = Связь прервалась
call-ended = Звонок завершён
call-mute = Выключить микрофон
call-unmute = Включить микрофон
call-muted = Вас не слышат: микрофон выключен
call-heard = Вас слышат
call-heard-fake = Учебный звонок без звука
call-end = Завершить звонок
call-end-alone = Вы отключились, но сервер не ответил. Возможно, звонящий ещё на линии.
call-lost-text = Звонок не идёт через эту страницу. Звонящий, возможно, ещё на линии.
call-reconnect = Вернуться к звонящему
call-phone-error = Телефон в браузере не работает (код { $code }). Нажмите «Вернуться к звонящему».
wrap-title-call = Звонок завершён, заполните запись
wrap-title-chat = Чат завершён, заполните запись
wrap-text = Новые обращения придут, когда запись будет завершена или это время выйдет.
wrap-time = Время на запись
wrap-over = Новые обращения снова приходят. Эта запись сохранена здесь: завершите её, когда сможете.
wrap-more = Ещё время
wrap-why-record = большая запись
wrap-why-colleague = советуюсь с коллегой
wrap-why-partner = звоню в организацию
wrap-why-other = другая причина

## Чат

chat-name = Переписка
chat-older = Показать более ранние
chat-new-below = Новые сообщения ниже
chat-close = Завершить чат
chat-close-title = Завершить чат?
chat-close-text = Человек получит прощальное сообщение на своём языке. Останется завершить запись.
chat-erase = Удалить переписку
chat-erase-title = Удалить переписку?
chat-erase-text = Слова исчезнут у нас сразу, в мессенджере — насколько он позволяет. Вернуть нельзя. Запись консультации останется. Внезапно пустой чат может заметить тот, кто смотрит телефон: спросите человека, безопасно ли это сейчас.
chat-erase-held = По обращению открыта эскалация: в мессенджере удалим, наша закрытая копия исчезнет, когда эскалацию закроют.
chat-erased = Переписка удалена. Спросите, всё ли в порядке, если это безопасно.
articles = Статьи
article-staff = только для оператора
article-source = Источник: { $source }. По состоянию на { $date }
article-draft = перевод ещё не проверен
article-put = Вставить в ответ
msg-bot = Бот
msg-queued = в очереди
msg-sending = отправляется
msg-sent = отправлено
msg-delivered = доставлено
msg-read = прочитано
msg-failed = не доставлено
msg-unknown = неизвестно, дошло ли
msg-not-sent = не отправлено
msg-waits-line = ждёт связи
msg-decide = Что делать с сообщением
msg-send-again = Отправить снова
msg-do-not-send = Не отправлять
kind-photo = Фотография
kind-voice = Голосовое сообщение
kind-document = Документ
kind-location = Место на карте
kind-contact = Контакт
kind-sticker = Стикер
kind-other = Вложение
kind-video = Видео
kind-edited = Сообщение исправлено
kind-press = Нажата кнопка
kind-command = Команда боту
kind-stop = Просит больше не писать
kind-resume = Снова можно писать
why-blocked = человек заблокировал бота
why-no-address = такого адресата больше нет
why-refused = канал не принял сообщение
why-slow-down = канал просит подождать
why-bad-token = бот настроен неверно, сообщите администратору
why-unreachable = канал не отвечает
why-opted-out = на этот номер SMS больше не доходят: человек отписался у оператора связи. Ответьте другим каналом
why-undelivered = телефон не принял SMS; отправьте снова позже
why-carrier = отказ оператора связи, код { $code }
why-too-late = время для ответа вышло
why-no-channel = канал выключен
why-dropped = решено не отправлять
why-unreadable = текст прочитать не удаётся
why-bad-number = такого номера нет; уточните номер у человека
why-not-mobile = это не мобильный номер: SMS туда не доходят, позвоните
why-queue-full = у оператора связи очередь переполнена; отправьте снова через минуту
why-expired = не дошло за 10 минут и отменено, чтобы не прийти не вовремя; отправьте снова, если ещё нужно
why-phone-off = телефон выключен или вне сети; отправьте снова позже
why-barred = номер не принимает SMS от нас; ответьте другим каналом
why-filtered = оператор связи счёл SMS спамом; напишите иначе и сообщите администратору
why-country-off = в эту страну SMS не отправляются; ответьте другим каналом и сообщите администратору
why-asked-to-stop = автоматически не отправлено: человек просил не писать
why-not-safe = автоматически не отправлено: писать сюда небезопасно
why-erased = удалено
why-too-long = сообщение слишком длинное, разделите его
why-gone = сообщения там больше нет
why-outcome-unknown = неизвестно, дошло ли
todo-blocked = Если есть другой безопасный канал, свяжитесь там; если нет, завершите чат.
todo-no-address = Сюда больше нельзя написать. Завершите чат и запись.
todo-opted-out = Писать нельзя, пока человек сам не напишет снова.
todo-bad-token = Скажите супервайзеру: бот не работает.
msg-edited = изменено
msg-earlier = Прежний текст
msg-edit = Изменить
msg-edit-save = Отправить изменение
msg-edit-leave = Оставить как есть
msg-edit-queued = изменение отправляется
msg-edit-failed = Изменение не дошло, человек видит прежний текст
msg-reply = Ответить на это
msg-quoted = В ответ на:
msg-jump = Перейти к сообщению
note-name = Пометка для коллег
note-write = Сделать пометку
note-leave = Писать человеку
note-hint = Увидят только коллеги. Человеку не отправляется.
note-save = Сохранить пометку
replies-name = Готовые ответы
replies-none = Такого ответа нет.
replies-hint = Готовые ответы: нажмите /
chat-waiting-us = ждёт вас
chat-waiting-caller = ждём ответа
chat-resolved = завершён
chat-reopened = написал снова
chat-unanswered = Долго ждут ответа: { $who }
why-unattended = долго не было ответа
earlier-open = Открыть переписку (будет в журнале)
earlier-title = Прежняя переписка
earlier-empty = Сообщений здесь нет.
link-code = Связать с другим каналом
link-code-title = Код для другого канала
link-code-text = Пусть человек пришлёт нам этот код с другого канала (Telegram, SMS). Действует 15 минут.
link-ask = Это тот же человек? Код прислали: { $who }.
link-is = Тот же человек: { $who }
link-same = Да, тот же
link-other = Нет, другой
link-undo = Разъединить
reply-to = Кому:
reply-name = Ответ для { $who }
reply-hint = Напишите ответ. Enter отправляет, Shift+Enter — новая строка
reply-send = Отправить
reply-letter = Вставить букву { $letter }
sms-parts = { $n } SMS
earlier-ask = Телефон может быть в других руках. Не пересказывайте прежнюю переписку, пока не знаете, что это тот же человек. Чтение записывается.
earlier-show = Показать
sms-no-reply = Ответить по SMS нельзя: номер отписан у оператора связи. Свяжитесь другим каналом, если это безопасно.
sms-asked-to-stop = Человек просил больше не писать сюда. Ответить всё равно?
sms-answer-anyway = Ответить всё равно
outbox-full = Слишком много неотправленных сообщений. Дождитесь связи.
outbox-lost = Не отправлено сообщений: { $n }. Это обращение больше не у вас, текст удалён.
link-title = Открыть адрес из сообщения?
link-open = Открыть

## Что уже известно

answers-title = Ответы в меню
answer-language = Язык
answer-topic = Тема
answer-danger = Сообщил об опасности
history-title = Прежние обращения
history-none = Раньше обращений не было.
history-count =
    { $n ->
        [0] обращается впервые
        [one] { $n } прежнее обращение
        [few] { $n } прежних обращения
       *[many] { $n } прежних обращений
    }
timeline-title = Что произошло
timeline-none = Пока ничего.
tl-opened = Обращение началось
tl-answered = Ответ в меню
tl-danger = Сообщил об опасности
tl-waiting = Встал в очередь
tl-offered = Предложено оператору
tl-accepted = Оператор принял
tl-picked = Взято из очереди
tl-assigned = Назначено супервайзером
tl-passed = Оператор передал дальше
tl-missed = Оператор не ответил
tl-expired = Время на ответ вышло
tl-withdrawn = Предложение отозвано
tl-reserved = Закреплено за оператором
tl-talking = Разговор начался
tl-requeued = Снова в очереди
tl-caller-left = Человек ушёл
tl-caller-stopped = Человек остановил чат
tl-talk-ended = Разговор закончен
tl-wrap-up-extended = Взято ещё время на запись
tl-finished = Запись завершена
tl-closed = Обращение закрыто
tl-case-closed = Эскалация закрыта
tl-case-sealed = Доступ к делу ограничен: только старшие операторы
tl-case-unsealed = Ограничение доступа к делу снято
tl-caller-waits = Человек снова обратился и ждёт
tl-raised = Эскалация
tl-acknowledged = Принято в работу
tl-paged = Отправлено напоминание
tl-duty-sms = SMS дежурному
tl-owner = Назначен ответственный
tl-note = Заметка
tl-record = Запись изменена
tl-read = Просмотрено
tl-message = Сообщение
tl-other = Событие
why-operator-lost = связь с оператором прервалась
why-no-join = оператор не подключился
why-adrift = звонок сейчас не у нас

## Запись

record-title = Запись
record-lent = Запись откроется, когда звонок станет вашим.
record-none = Запись откроется, когда вы примете обращение.
record-finish = Сохранить и завершить
record-write-up = Заполнить запись
record-gaps =
    { $n ->
        [one] Нужно заполнить { $n } поле
        [few] Нужно заполнить { $n } поля
       *[many] Нужно заполнить { $n } полей
    }
section-kind = Вид обращения
non-data-text = Остальное заполнять не нужно. Разговор, если он ещё идёт, завершится.
non-data-close = Закрыть как «{ $kind }»
non-data-drops = В записи уже есть текст. Он пропадёт.
field-needed = обязательно
field-from-intake = из меню
select-none = — не выбрано —
combo-hint = Начните печатать
combo-none = Ничего не найдено
summary-hint = Не пишите имён и номеров других людей.
save-new = Ещё не сохранялось
save-saved = Сохранено { $time }
save-saving = Сохраняем…
save-retry = Не сохранено, повторим ({ $n })
save-clash = Не сохранено: это поле изменил кто-то ещё. Выберите, что оставить
save-refused = Не сохранено: исправьте отмеченное поле
save-shut = Не сохранено: эту запись больше нельзя менять
clash-text = это поле изменил кто-то ещё
clash-mine = Ваш вариант
clash-theirs = Сохранённый вариант
clash-keep-mine = Оставить мой
clash-keep-theirs = Оставить сохранённый
screening-asked = По этой теме спросите о признаках эксплуатации.
sign-danger = опасно
finish-open-title = Обращение ещё не завершено
finish-open-call = Разговор ещё идёт. При завершении записи он закончится.
finish-open-chat = Чат ещё открыт. При завершении записи он закончится.
finish-unsaved = Запись не завершена: последние изменения ещё не сохранены. Повторите, когда появится связь.
risk-title = Риск
risk-none = признаков нет
risk-raised = повышенный
risk-high = высокий
risk-immediate = опасность сейчас
risk-why-now = опасность прямо сейчас
risk-why-intake = сказал об опасности в меню
risk-why-topic = тема обращения
risk-filter-danger = Опасность
risk-filter-screened = Есть признаки
risk-filter-escalated = С эскалацией

## Эскалация

case-escalate = Эскалация
case-escalate-title = Передать супервизору
case-escalate-text = Дежурный супервизор получит сигнал сразу. Запись обращения уже приложена.
case-send = Отправить
case-sent = Эскалация { $code } отправлена.
case-kind = Что случилось
case-kind-danger = Опасность для жизни
case-kind-trafficking = Торговля людьми
case-kind-child = Ребёнок
case-kind-other = Другое
case-level = Срочность
case-level-urgent = Срочно: 15 минут
case-level-high = Важно: 4 часа
case-level-normal = Обычно: сутки
case-state-open = Ждёт ответа
case-state-acknowledged = В работе
case-state-closed = Закрыта
case-reason = Причина
case-take = Беру в работу
case-sealed = Доступ ограничен: только старшие операторы
case-seal = Ограничить доступ: только старшие
case-unseal = Снять ограничение
back-title = Человек по делу с ограниченным доступом снова обратился и ждёт
back-text = Сначала предлагаем старшим операторам и супервизорам.
case-time-left = Осталось
case-overdue = Срок прошёл
case-owner = Ответственный
case-owner-is = Ответственный: { $name }
case-no-owner = Ответственного нет
case-code = Код
case-raised = Поступила
case-deadline = Срок
case-none = Здесь пусто: эскалаций нет.
case-about = Об эскалации
case-contact-open = Открыть обращение
case-note = Новая заметка
case-note-add = Добавить заметку
case-close = Закрыть эскалацию
case-close-title = Чем закончилось
case-result = Итог
case-result-text = Что сделано
case-result-helped = Помощь оказана
case-result-referred = Передано партнёру
case-result-not-confirmed = Не подтвердилось
case-result-unreachable = Связаться не удалось
untold-title = Супервизору не сообщили
untold-text = В обращении отмечены опасность или тревожные признаки, но супервизору не сообщили. Передайте сейчас или напишите, почему это не нужно.
untold-reason = Почему не нужно передавать
untold-go = Завершить без передачи

## Журнал, сбойные задания, аудит

filter-name = Отбор
filter-all = Все
filter-from = С
filter-to = По
filter-week = 7 дней
filter-month = 30 дней
filter-clear = Сбросить
log-time = Время
log-channel = Канал
log-person = Кто
log-language = Язык
log-topic = Тема
log-operator = Оператор
log-wait = Ожидание
log-length = Длительность
log-result = Итог
log-risk = Риск
log-state = Состояние
log-empty = Таких обращений нет. Измените отбор.
log-older = Показать более ранние
log-new = Есть изменения: { $n }. Показать
review-messages = Переписка
review-legs = Телефонные соединения
review-left = Сообщения звонящего
review-no-record = Записи нет.
review-audited = Этот просмотр записан в журнал аудита.
review-stale = Связь прерывалась: здесь могло что-то измениться. Обновить
leg-caller = Звонящий
leg-operator = Оператор
leg-duty = Дежурный телефон
job-text = Эти задания не выполнились после всех попыток. Повторите их или уберите.
job-kind = Задание
job-error = Ошибка
job-attempts = Попытки
job-discard = Убрать
job-discard-text = Задание больше не будет выполняться.
job-none = Сбойных заданий нет.
job-under-way = Такое же задание уже выполняется. Это убрано.
job-event = Передать событие
job-chat-deliver = Отправить сообщение
job-chat-edit = Изменить сообщение
job-chat-typing = Показать, что оператор пишет
job-chat-acknowledge = Ответить на кнопку бота
job-chat-idle = Завершить молчащий чат
job-chat-set-aside = Обращение, которое не удалось принять
job-chat-release = Отправить отложенный автоматический текст
job-chat-erase = Удаление в мессенджере
job-chat-shred = Удаление копии, которую хранили для помощи
job-chat-forget = Удаление в мессенджере по сроку
job-chat-remind = Напоминание ждущему
job-case-climb = Напомнить об эскалации
job-case-duty-sms = SMS дежурному
job-voice = Управление звонком
audit-actor = Кто
audit-tag = Действие
audit-object = Над чем
audit-none = Записей нет.
audit-chain-ok = Цепочка цела, проверено строк: { $n }
audit-chain-broken = Цепочка нарушена: строки меняли
audit-system = Система
audit-ok = выполнено
audit-denied = отказано
audit-failed = не удалось
object-audit = Журнал аудита
object-case = Эскалация
object-contact = Обращение
object-contact-log = Журнал обращений
object-job = Задание
object-line = Линия
object-message = Сообщение
object-staff = Сотрудник
tag-access-denied = Попытка без права
tag-audit-read = Просмотр аудита
tag-case-read = Просмотр эскалации
tag-case-sealed = Доступ к делу ограничен
tag-case-unsealed = Ограничение доступа к делу снято
tag-contact-log-read = Просмотр журнала
tag-contact-read = Просмотр обращения
tag-escalation-acknowledged = Эскалация принята
tag-escalation-closed = Эскалация закрыта
tag-escalation-noted = Заметка к эскалации
tag-escalation-raised = Эскалация начата
tag-job-discarded = Задание убрано
tag-job-retried = Задание повторено
tag-login-failed = Неудачный вход
tag-login-ok = Вход
tag-logout = Выход
tag-message-decided = Решение о сообщении
tag-message-read = Просмотр сообщений
tag-message-played = Прослушивание сообщения
tag-message-sent = Сообщение отправлено
tag-message-edited = Сообщение изменено
tag-message-noted = Сделана пометка для коллег
tag-link-code-given = Выдан код для другого канала
tag-link-confirmed = Подтверждено: один человек
tag-link-refused = Отклонено: разные люди
tag-link-undone = Связь разъединена
tl-link-code = Выдан код для другого канала
tl-link-suggested = Код пришёл с другого канала
tl-link-confirmed = Подтверждено: один человек
tl-link-refused = Отклонено: разные люди
tl-link-undone = Связь разъединена
tag-offer-accepted = Обращение принято
tag-offer-passed = Обращение пропущено
tag-offer-picked = Обращение взято из очереди
tag-offer-assigned = Обращение назначено сотруднику
tag-password-changed = Пароль изменён
tag-presence-changed = Изменено состояние сотрудника
tag-record-finished = Запись завершена
tag-record-read = Просмотр записи
tag-record-written = Запись изменена
tag-number-revealed = Номер показан полностью
tag-staff-added = Сотрудник добавлен
tag-staff-changed = Изменены данные сотрудника
tag-staff-disabled = Сотрудник отключён
tag-staff-listed = Просмотр списка сотрудников
tag-roles-changed = Изменены роли
tag-contact-opened = Обращение началось
tag-contact-closed = Обращение закрыто
tag-escalation-paged = Напоминание об эскалации
tag-callback-hurried = Обратный звонок ускорен
tag-callback-postponed = Обратный звонок отложен
tag-callback-closed = Обратный звонок закрыт
tag-callback-agreed = Пообещан звонок
tag-callback-outside = Разрешён звонок в небезопасное время
tag-callback-decided = Решено о несостоявшемся звонке
tag-safety-read = Прочитана безопасная связь
tag-safety-changed = Изменена безопасная связь
tag-answer-wrong = Записано, что ответил другой человек
tag-call-watched = Подключение к чужому разговору
tag-line-changed = Настройки линии изменены
tag-phone-changed = Свой телефон изменён
tag-content-erased = Переписка удалена

## Сигналы и клавиши

alert-call = Входящий звонок
alert-chat = Новый чат
alert-message = Новое сообщение
alert-escalation = Эскалация ждёт ответа
alert-undecided = Перезвонить не удалось: нужно решение
alert-back = Старшего оператора ждёт человек
alert-title-call = ☎ Звонок — 189
alert-title-chat = (1) Чат — 189
keys-title = Клавиши
keys-on = включена
keys-no-hang-up = Клавиши для завершения звонка нет: только кнопкой.
key-answer = Ответить, принять чат
key-mute = Микрофон
key-next = Следующее обращение
key-previous = Предыдущее обращение
key-finish = Сохранить и завершить запись
key-palette = Перейти куда угодно
key-help = Этот список
key-send = Отправить открытое окно
palette-title = Перейти
palette-hint = Раздел, обращение или действие

## Обратный звонок в истории обращения

tl-callback-asked = Попросили перезвонить
tl-callback-kept = Положили трубку, место сохранено
tl-adrift = Звонок не отзывается: не предлагается
tl-found-again = Звонок снова у нас и ждёт
tl-callback-called = Звоним в ответ
tl-callback-passed = Нажали один, соединяем
tl-callback-missed = Не дозвонились
tl-callback-given-up = Больше не перезваниваем
outcome-not-reached = Не дозвонились
outcome-message = Оставлено сообщение
outcome-came-again = Обратились снова, см. следующее обращение
tl-callback-hurried = Оператор просит перезвонить сейчас
tl-callback-put-off = Звонок перенесён
tl-callback-closed = Перезванивать не нужно
tl-message-left = Оставил(а) сообщение
tl-callback-agreed = Обещан звонок в условленное время
tl-callback-lapsed = Безопасное время прошло, звонить не будем
tl-callback-outside = Супервизор разрешил небезопасное время
tl-callback-undecided = Разговора не было, решает супервизор
tl-callback-decided = Супервизор принял решение
tl-callback-untaken = Вовремя никто не освободился, снова действуют условленные или безопасные часы
tl-callback-gathered = Добавлена прежняя просьба того же человека
tl-message-late = Сообщение ждёт в новом обращении
tl-safety-changed = Безопасная связь изменена
tl-erase-asked = Просьба удалить переписку
tl-erased = Переписка удалена в мессенджере
tl-erased-counts = удалено { $deleted }, осталось { $remaining }
tl-erased-held = Сохранённая копия удалена
tl-campaign = Пришли по ссылке
tl-silent-alarm = Тихая тревога: написали своё слово «я не один»
tl-wrong-answer = Ответил не тот человек
tl-sent-unsafe = Написано, хотя канал не отмечен как безопасный
tl-asked-to-stop = Просит больше не писать
tl-asked-to-resume = Снова можно писать
## Telephones with sound for training
phone-sim = Учебный телефон со звуком
phone-sim-hint = Настоящие голоса: говорите и слышите через браузер, без телефонной сети
## The talk: hold, keys, somebody else, handing on

call-hold = Удержать
call-resume = Вернуть с удержания
call-on-hold = Звонящий на удержании
call-held-text = Звонящий слышит музыку и не слышит вас
call-hand-on = Передать
call-add = Пригласить
call-keys = Клавиши
call-end-title = Завершить звонок для всех?
call-end-text = В разговоре есть и другие люди. Звонок завершится для всех.
call-not-recorded = Разговор не записывается
call-watched = Супервизор слушает
party-name = Кто в разговоре
party-you = (вы)
party-out = Отключить от разговора
party-caller = Звонящий
party-operator = Оператор
party-third = Приглашённый
party-supervisor = Супервизор
party-here = в разговоре
party-held = слышит музыку
party-ringing = дозваниваемся
party-away = ещё не в разговоре
transfer-title = Передать звонок
transfer-text = Запись перейдёт вместе со звонком.
transfer-put-down = Здесь звонок уходит, когда вы кладёте трубку. Нажмите «Передать сразу» или «В очередь», попрощайтесь и положите её: звонящий услышит музыку и будет первым.
transfer-warm = Сначала поговорить
transfer-cold = Передать сразу
transfer-warm-to = Сначала поговорить: { $name }
transfer-cold-to = Передать сразу: { $name }
transfer-somebody = другой человек
transfer-asking = { $name }: ждём ответа. Звонящий слышит музыку.
transfer-sending = { $name }: передаём звонок. Звонящий слышит музыку.
transfer-talking = { $name }: вас слышат. Звонящий слышит музыку и не слышит вас.
transfer-to-you = Коллега передаёт вам звонок. Звонящий вас пока не слышит.
transfer-to-you-soon = Коллега передаёт вам звонок. Соединяем.
transfer-finish = Передать звонящего
transfer-back = Вернуть себе
transfer-nobody = Никто не ответил. Звонящий снова с вами.
transfer-decline = Отказаться
target-name = Кому
target-staff = Коллеге
target-queue = В очередь
target-partner = Организации
target-number = На номер
target-number-field = Номер телефона
target-staff-none = Сейчас больше никого нет на смене. Передайте в очередь или в организацию.
target-partner-none = В справочнике нет организаций с телефоном.
target-queue-text = Звонящий встанет в начало очереди, его примет первый свободный оператор.
target-queue-go = Передать в очередь
target-as-is = Не менять
third-title = Пригласить в разговор
third-meanwhile = Звонящий, пока мы дозваниваемся
third-present = Слышит всё
third-present-hint = Разговор продолжается, приглашённый войдёт в него
third-held = На удержании
third-held-hint = Слышит музыку, пока вы не вернёте его в разговор
third-call = Позвонить
third-call-whom = Позвонить: { $name }
keypad-hint = Нажмите клавишу: её услышит другая сторона
key-hold = Удержать звонящего или вернуть
offer-transfer = Коллега передаёт звонок

## A supervisor in the talk

watch-name = Войти в разговор
watch-listen = Слушать
watch-whisper = Подсказать
watch-barge = Говорить
watch-listen-hint = Вас не слышит никто. Оператор видит, что вы слушаете.
watch-whisper-hint = Вас слышит только оператор.
watch-barge-hint = Вас слышат и звонящий, и оператор.
watch-leave = Выйти из разговора

## The line: open, hours, announcement, blocks

queues-title = Очереди
queues-text = Действует на тех, кто придёт после нажатия. Кто уже ждёт, остаётся и дождётся ответа; кто в опасности, пройдёт всегда. Закрытая очередь не принимает новых звонков; чаты и SMS приходят и тогда, человек читает, что ответим не скоро.
queue-open = открыта
queue-overflow = переполнена
queue-closed = закрыта
queue-by-rule = по правилу
queue-by-hand = вручную: { $who }
queue-count = Ждут: { $n }
queue-nobody-waits = Никто не ждёт
queue-on-shift = На смене: { $names }
queue-nobody-on-shift = На смене никого нет
queue-set-open = Открыть
queue-set-overflow = Предупреждать о долгом ожидании
queue-set-closed = Закрыть
queue-set-rule = Снова по правилу
queue-says = Что услышат звонящие
queue-says-overflow = Если очередь переполнена
queue-says-closed = Если очередь закрыта
queues-gone = Заданы вручную, но в настройках их больше нет: { $names }. Эти обращения ждут в последней очереди.
queue-forget = Забыть { $name }
shut-line = Линия закрыта вручную.
shut-queue = Очередь «{ $name }» закрыта вручную.
shut-overflow = Все новые в очереди «{ $name }» слышат, что ждать долго: так задано вручную.
shut-since = с { $at }
shut-endless = пока не откроют

nav-line = Линия
line-text = Всё, что вы меняете здесь, действует сразу. Кто в опасности, дозвонится всегда.
line-now = Сейчас
staff-now-title = Сейчас на смене
staff-now-none = На смене никого нет.
staff-now-hand = звонков { $calls }, чатов { $chats } из { $most }
staff-now-silent = нет связи
staff-now-asked = после обращения: { $reason }
line-open = Линия открыта
line-closed = Линия закрыта по расписанию
line-closed-by-hand = Линия закрыта вручную
line-opens-at = Откроется: { $at }
line-opens-unknown = Когда откроется, неизвестно
line-close = Закрыть линию
line-close-text = Звонящие услышат, когда линия откроется и куда обратиться. Открыть снова можно одним нажатием.
line-open-again = Открыть линию
closing-reason = Причина, для коллег
closing-usual = Технические работы
announcement-title = Объявление в очереди
announcement-text = Тем, кто ждёт, скажут, что сегодня многие спрашивают об этом.
announcement-choose = Выберите тему
announcement-start = Включить
announcement-stop = Убрать объявление
announcement-on = Объявление включено
announcement-off = Объявление убрано
when-name = Когда позвонить
when-hour = Через час
when-hours = Через 3 часа
when-day = Через сутки
until-name = До какого времени
until-open = Пока не откроют
until-hour = 1 час
until-hours = 3 часа
until-today = До конца дня
until-day = Сутки
until-week = 7 дней
until-at = Указать время
until-moment = День и время
until-is = до { $at }
hours-title = Часы работы
hours-text = Пишите так: 08:00-12:00, 13:00-20:00. Пустое поле: выходной. Полночь: 24:00.
hours-closed = Выходной
hours-wrong = Пишите так: 08:00-20:00
hours-days = Отдельные дни
hours-days-none = Праздников и особых дней нет.
hours-day-new = День
hours-day-add = Добавить день
hours-day-remove = Убрать день
hours-save = Сохранить часы
hours-saved = Часы сохранены
day-monday = Понедельник
day-tuesday = Вторник
day-wednesday = Среда
day-thursday = Четверг
day-friday = Пятница
day-saturday = Суббота
day-sunday = Воскресенье
block-title = Заблокированные номера
block-text = Эти номера услышат, где ещё получить помощь. Блокировка снимается сама в указанное время.
block-none = Никто не заблокирован.
block-reason = Причина
block-add = Заблокировать
block-lift = Снять
flood-title = Наплыв звонков
flood-text = Номера с общим началом, с которых звонят чаще, чем можно. Лишние звонки слышат, куда ещё обратиться, и ждут после остальных. Кто в опасности, дозвонится.
flood-none = Наплыва нет.
flood-now = Идёт наплыв звонков: лишние не принимаются.
flood-hidden = Скрытые номера
flood-limited = Лишние звонки не принимаются
flood-let-in = Принимаются все
flood-counted = Замечено автоматически
flood-let-in-do = Принимать всех
flood-end = Вернуть к счёту
flood-add = Считать наплывом
flood-number = Номер или его начало
flood-usual = Решение старшего смены

## Calling back, and messages that callers left

nav-callbacks = Перезвонить
callback-name = Обратный звонок
callback-when = Когда
callback-why = Почему
callback-safe = Когда безопасно
callback-why-waiting = Попросил перезвонить, пока ждал
callback-why-agreed = Договорились о времени
callback-why-missed = Пропущенный звонок
callback-why-message = Оставил сообщение
callback-state-open = Ждут звонка
callback-state-done = Поговорили
callback-state-undecided = Нужно решение
callback-state-given-up = Больше не звоним
callback-state-closed = Закрыты вручную
callback-due = Пора
callback-window = с { $from } до { $to }
callback-any-time = В любое время
callback-call = Позвонить
callback-call-anyway = Всё равно позвонить
callback-open = Открыть
callback-put-off = Отложить
callback-put-off-title = Отложить звонок
callback-close = Закрыть
callback-close-title = Больше не звонить
callback-close-why = Почему
callback-end-reached = Поговорили
callback-end-refused = Просит не звонить
callback-end-wrong-number = Не тот номер
callback-end-unsafe = Звонить опасно
callback-end-heard = Прослушано, звонить не нужно
callback-end-no-answer = Никто не отвечает
callback-end-other = Другое
callback-none = Сейчас никто не ждёт звонка.
callback-none-such = Таких звонков нет.
callback-agreed = Договорились на
callback-overdue = Время, о котором договорились, прошло
callback-try = звонок { $n } из { $of }
callback-read = Прочитано, позвонить
callback-dialling = Звоним…
callback-again = Попробовать ещё раз
callback-again-title = Когда попробовать ещё раз
callback-give-up = Больше не звонить
callback-tries =
    { $n ->
        [one] { $n } попытка
        [few] { $n } попытки
       *[many] { $n } попыток
    }
callback-last-try = последняя { $at }: { $how }
callback-excepted = Разрешено до { $time }, один звонок
callback-exception-over = Исключение больше не действует
callback-untaken = Для звонка вне условленных часов никто не освободился. Он снова ждёт своего времени.
wrong-answer = Ответил не тот человек
wrong-answer-title = Закончить звонок без объяснений?
wrong-answer-text = Скажите «извините, ошибся номером» и больше ничего. Это будет записано, и тот, кто позвонит в следующий раз, увидит предупреждение.
agree-name = Договориться о звонке
agree-title = Перезвонить в условленное время
agree-text = Спросите, когда звонить безопасно и кто ещё может взять трубку. Время бишкекское.
agree-holds = Сколько времени можно звонить
agree-minutes = { $n } мин
agree-reason = Зачем
agree-reason-hint = Увидит тот, кто будет звонить. Без имён.
agree-number = Другой номер
agree-number-hint = Пусто: номер, с которого к нам обратились.
agree-number-needed = Нужен номер: к нам написали без него.
agree-other-time = Другое время
agree-go = Пообещать звонок
agree-done = Звонок обещан: { $time }.
safe-now = Сейчас безопасно
safe-from = Не сейчас; с { $time }
safe-unknown = Звонить нельзя
safe-not-then = В это время звонить небезопасно. Ближайшее безопасное время: { $time }.
safe-not = В это время звонить небезопасно.
safe-take = Выбрать это время
safe-why-not = Почему всё же (остаётся в журнале)
safety-name = Безопасная связь
safety-never = Никогда не связываться с этим человеком
safety-may-name = Можно говорить, кто мы
safety-say-189 = Можно сказать, кто звонит.
safety-hide-189 = Не говорите, кто звонит.
safety-channels = Как можно связываться
safety-no-message = Голосовые сообщения не оставляем никогда.
safety-windows = Когда безопасно, по их времени
safety-window-add = Добавить часы
safety-window-out = Убрать эти часы
safety-from = С
safety-to = До
safety-zone = Где они находятся
safety-others = Кто ещё пользуется телефоном
safety-if-other = Что сказать, если ответит другой
safety-we-say = Скажите сначала
safety-they-say = Вам ответят
safety-alarm = Слово «я не один» в чате: обычное, из одного-двух слов; бот на него не отвечает, вы увидите тревогу
safety-save = Сохранить
safety-saved = Безопасная связь записана.
safety-stale = Записано больше 30 дней назад. Спросите заново.
safety-wrong-before = Ответил не тот человек: { $time }. Будьте осторожны.
reply-not-safe = Этот канал не отмечен как безопасный для этого человека.
verify-silence = Молчали больше { $n } мин. Телефон может быть в чужих руках: до разговора о деле спросите условную фразу.
verify-done = Проверено
day-0 = Пн
day-1 = Вт
day-2 = Ср
day-3 = Чт
day-4 = Пт
day-5 = Сб
day-6 = Вс
message-name = Сообщение звонящего
message-place = Место в сообщении
message-play = Прослушать
message-again = Не удалось воспроизвести. Ещё раз
message-lost = Сообщение до нас не дошло.
message-gone = Запись уже удалена.
message-coming = Сообщение ещё загружается.
## The operator's own telephone

phone-own = Свой телефон
phone-own-hint = Звонок приходит на { $phone }; чтобы принять его, нажмите 1
phone-own-label = Свой телефон для звонков
phone-own-form = Номер +996… или адрес sip:…
phone-own-save = Сохранить телефон
call-own-take = Снимите трубку своего телефона и нажмите 1.
call-heard-own = Вы говорите по своему телефону.
call-lost-own = Связь с вашим телефоном прервалась. Позвонивший ждёт первым в очереди.

## Запись разговоров

recording-on = Идёт запись
recording-starting = Запись включается
recording-ending = Запись идёт, пока оператор связи не подтвердит
recording-paused = Запись на паузе
recording-why-others = удержание или в разговоре есть другие
recording-why-refused = звонящий не хочет
recording-why-unheard = звонящий не дослушал предупреждение
recording-why-stopped = завершена
recording-why-failed = оператор связи не смог
recording-pause = Пауза записи
recording-resume = Продолжить запись
recording-stop = Завершить запись
recording-refuse = Звонящий не хочет записи
recording-refuse-hint = Запись завершится, записанное будет уничтожено
line-recording = Запись разговоров
line-recording-is-on = Разговоры записываются
line-recording-is-off = Разговоры не записываются
line-recording-text = До вопросов звонящие слышат, будет ли запись и как отказаться. Записывают только тех, кто дослушал и ничего не нажал.
line-recording-site = Запись запрещена настройками этой установки.
line-recording-carrier = Этот оператор связи не умеет записывать разговоры.
line-recording-start = Записывать разговоры
line-recording-stop = Больше не записывать
line-recording-ask = Записывать разговоры с этого момента?
line-recording-ask-text = Запись могут истребовать и использовать против пострадавшего. Включайте, только если это решено и полезно звонящим.
recorded-title = Запись разговора
recorded-name = Место в записи
recorded-keys = Пробел: слушать или пауза. Стрелки: 5 секунд. [ и ]: скорость.
recorded-open = Прослушать (будет в журнале)
recorded-play = Слушать
recorded-pause = Пауза
recorded-place = { $at } из { $length }
recorded-until = Хранится до { $at }
recorded-pending = Запись ещё не получена
recorded-refused = Звонящий отказался, ничего не сохранено
recorded-none = Ничего не записано
recorded-failed = У оператора связи записи нет
recorded-destroyed = Уничтожена { $at }
recorded-not-yours = У вас нет права слушать записи
tag-recording-begun = Запись начата, предупреждение выслушано
tag-recording-steered = Запись: пауза, продолжение или конец
tag-recording-played = Запись прослушана
tag-recording-removed = Запись удалена у оператора связи
tag-recording-destroyed = Запись уничтожена
object-recording = Запись
job-recording-steer = Начать, приостановить или завершить запись
job-recording-keep = Получить запись
job-recording-remove = Удалить запись у оператора связи
tl-recording-begun = Запись начата
tl-recording-paused = Запись приостановлена
tl-recording-on = Запись продолжена
tl-recording-off = Запись завершена
tl-recording-refused = Звонящий не хочет записи

## Файлы в чате

file-awaited = Файл ещё загружается
file-photo = Фотография
file-voice = Голосовое сообщение
file-audio = Звуковой файл
file-video = Видео
file-pdf = Документ PDF
file-heic = Фотография в формате HEIC
file-other = Файл неизвестного типа
file-other-hint = Открывайте, только если знаете, что это.
file-show = Показать
file-hide = Скрыть
file-listen = Прослушать
file-download = Скачать
file-again = Открыть не удалось. Ещё раз
file-place = Место в голосовом сообщении
file-too-large = Не принято: больше 20 МБ
file-empty = Не принято: файл пуст
file-damaged = Не принято: файл повреждён
file-too-many-pixels = Не принято: в изображении слишком много точек
file-gone = В мессенджере файла больше нет
file-not-fetched = Файл не удалось загрузить; попросите прислать ещё раз
file-no-channel = Из этого канала файлы сейчас не получить
file-too-many = Не принято: слишком много файлов в этом обращении
file-kb = { $n } кБ
file-mb = { $n } МБ
file-attach = Прикрепить файл
file-attach-hint = Фото, PDF, звук или видео, до 10 МБ
file-sending = Файл отправляется
file-not-sent = Файл не отправлен
why-file-gone = файл уже удалён
tag-file-read = Открыт файл из чата
job-chat-fetch = Загрузить файл из мессенджера

## Shifts and forecast

nav-roster = Смены
nav-staffing = Прогноз
week-previous = Предыдущая неделя
week-next = Следующая неделя
week-of = { $from } – { $to }
short-monday = Пн
short-tuesday = Вт
short-wednesday = Ср
short-thursday = Чт
short-friday = Пт
short-saturday = Сб
short-sunday = Вс
roster-plan = План недели
roster-mine = Мои смены
roster-text = Кто когда работает. Нажмите на смену, чтобы изменить её, или на плюс, чтобы добавить. Внизу – часы работы линии, которые никем не закрыты.
roster-person = Сотрудник
roster-gaps = Не закрыто
roster-wishes = Ждут решения
roster-no-wishes = Решать нечего.
roster-approve = Разрешить
roster-refuse = Отказать
gap-anybody = Никого
gap-none = Все часы закрыты
shift-add = Новая смена
shift-add-for = Добавить смену: { $who }, { $day }
shift-change = Изменить смену
shift-day = День
shift-from = Начало
shift-to = Конец
shift-night = Время – по часовому поясу линии. Если конец не позже начала, смена идёт до следующего дня.
shift-save = Сохранить
shift-remove = Убрать
shift-saved = Сохранено.
shift-long = дольше 8 часов
shift-absent = сотрудника в это время нет
shift-closed = начинается, когда линия закрыта
shift-none = На ближайшие восемь недель смен нет.
swap-give = Отдать смену
swap-to = Кому
swap-anyone = Любому коллеге
swap-text = Смена остаётся вашей, пока коллега не согласится и супервизор не разрешит.
swap-go = Предложить
swap-keep = Оставить себе
swap-offered = предложена коллегам
swap-accepted = коллега согласен, решает супервизор
swap-free = Смены коллег
swap-none = Сейчас никто ничего не отдаёт.
swap-accept = Взять
swap-waits = ждёт решения супервизора
swap-leave = Не брать
swap-wish = { $who } отдаёт смену ({ $when }). Кому: { $to }.
swap-open = Пока никто не согласился.
absence-title = Отсутствие
absence-text = Причину скажите супервизору сами: здесь она не хранится.
absence-first = С
absence-last = По (включительно)
absence-ask = Попросить
absence-asked = ждёт решения
absence-approved = разрешено
absence-refused = отказано
absence-withdraw = Отозвать
absence-none = Дней отсутствия нет.
absence-away = нет на месте
absence-wished = просит выходной
absence-wish = { $who } просит не ставить смены: { $days }.
staffing-text = Сколько людей нужно на линии и сколько стоит в плане – по получасам и языкам.
staffing-language = Язык
staffing-all = Все языки
staffing-basis = На чём основано
staffing-based = { $n } за { $weeks } нед., в среднем { $time } на одно обращение.
staffing-too-little = данных мало ({ $n } за { $weeks } нед., длительность { $time }), поэтому чисел нет. Нужно хотя бы 4 недели, 40 обращений и 30 измеренных.
staffing-method = Ожидание – среднее тех же получасов того же дня недели, соседние получасы учтены наполовину; праздники пропущены, роста или спада прогноз не знает.
staffing-week = Неделя по часам
staffing-hour = Час
staffing-cell = нужно { $needed }, в плане { $planned }
staffing-legend = В клетке: нужно / в плане. ▲ – сколько не хватает, «?» – мало данных.
staffing-unknown = мало данных
staffing-short = не хватает { $n }
staffing-over = на { $n } больше
staffing-fits = хватает
staffing-day = День по получасам
staffing-closed = В этот день линия закрыта.
staffing-summary = { $day }: нужно до { $most } чел.; получасов, где людей не хватает: { $n }.
staffing-no-number = Данных мало: прогноза на этот день для этого языка нет.
staffing-no-calls = О звонках данных мало: сколько нужно людей, сказать нельзя.
staffing-no-chats = О чатах данных мало: сколько нужно людей, сказать нельзя.
staffing-people = Люди: нужно и в плане
staffing-needed = нужно
staffing-planned = в плане
staffing-expected = Звонков за полчаса
staffing-range = Черта – от самой тихой до самой шумной из этих недель.
staffing-calls = Звонки
staffing-chats = Чаты
staffing-erlang-c = Нужно, если все ждут
staffing-erlang-a = Нужно, если уходят
staffing-against = Итог
staffing-level = Ответ вовремя
whatif-title = А если…
whatif-text = Ничего не меняет на линии: только пересчитывает прогноз.
whatif-target = Доля ответов вовремя
whatif-seconds = Вовремя – это за
whatif-s = { $n } с
whatif-load = Обращений
whatif-aht = Длительность обращения
whatif-shrinkage = Перерывы, учёба, собрания
whatif-chats = Чатов на одного сразу
whatif-impatient = По телефону люди не ждут без конца и кладут трубку (Erlang-A); в чате ждут все
whatif-patience = Ждут в среднем
whatif-measured = Измерено на этой линии: ждут в среднем { $time }.
whatif-unmeasured = Сколько люди готовы ждать, пока неизвестно: слишком мало кто ушёл, не дождавшись.
whatif-reset = Вернуть как было
tag-roster-changed = График смен изменён
object-roster = График

## Почему обращение ждало

wait-title = Почему ждали
wait-show = Показать, кого рассматривали
wait-again = Посмотреть ещё раз
wait-never = В очереди это обращение не было.
wait-link = Почему ждёт?
wait-waited = Ожидание: { $time }.
wait-so-far = Ждёт уже { $time }.
wait-on-shift = На смене: { $n } ({ $list }).
wait-nobody = На смене никого не было.
wait-count = { $reason } – { $n }
wait-after = Через { $time }: { $what }.
wait-offered-to = Предложено в { $time }, { $name }: { $how }.
wait-assigned-to = Назначено в { $time }, { $name }: { $how }.
wait-taken-by = Взято из очереди в { $time }: { $name }.
wait-cut = Ожидание было долгим: объяснены только последние 24 часа.
wait-shown = Показаны { $shown } из { $n }, кто был на смене.
wait-table = Операторы на смене и что им помешало
wait-operator = Оператор
wait-reason = Что помешало
wait-length = Сколько
wait-when = Когда
wait-order = Если взять могут несколько, первым спрашивают того, для кого язык, затем тема — свои; дальше того, кого об этом обращении спрашивали реже, у кого меньше чатов, кто дольше свободен. При опасности перед последним: у кого сегодня было меньше таких обращений.
wait-came = Встало в очередь
wait-danger = Опасность: может принять любой
wait-relaxed = Требования смягчены
wait-asks = Требования изменились
wait-kept = Оставлено для
wait-kept-no-more = Больше ни для кого не оставлено
wait-ahead = Передвинуто вперёд
wait-back = Передвинуто назад
wait-left = Вышло из очереди
wait-offered = Предложено
wait-assigned = Назначено
wait-assigned-by = кем назначено – { $name }
wait-taken = Взято из очереди:
wait-pending = спрашиваем сейчас
wait-accepted = принято
wait-passed = передано дальше
wait-expired = без ответа
wait-withdrawn = отозвано
wait-ask-own = { $language } как родной
wait-ask-second = { $language } достаточно как второй язык
wait-ask-any-language = любой язык
wait-ask-expert = эксперт по теме: { $topic }
wait-ask-topic = тема: { $topic }
wait-ask-any-topic = любая тема
wait-ask-senior = только старшие
wait-ask-reserve = и супервайзеры
wait-by-off-shift = не на смене
wait-by-break = перерыв
wait-by-not-answering = до этого не было ответа
wait-by-unreachable = нет связи с рабочим местом
wait-by-break-after = ждёт перерыва
wait-by-asked = это обращение предложено
wait-by-asked-other = предложено другое обращение
wait-by-call-in-hand = занят звонком
wait-by-chats-in-hand = есть чаты, а это звонок
wait-by-chats-full = чатов уже предельно много
wait-by-sealed = нет права на дела с ограниченным доступом
wait-by-kept = оставлено для другого
wait-by-language = не знает языка
wait-by-topic = не знает темы
wait-by-reserve = супервайзеров ещё не спрашивали
wait-by-passed = только что передал дальше
wait-by-call-first = оставлен свободным для звонка, который ждал дольше
wait-by-asked-elsewhere = свободен, пока спрашивали коллегу
wait-by-longer-first = свободен: первым был тот, кто ждал дольше
wait-by-same-moment = подобрано сразу
wait-by-free = свободен и подходит, но не спрошен
