### Слова, общие для звонков, чатов и рабочего места. Русский текст исходный.

# Экстренные номера Кыргызстана: seen, libphonenumber short-number data; проверить перед запуском.
-police-number = 102
-ambulance-number = 103

# Номер партнёра: config/dialing.toml (источник и день проверки там); расхождение не даёт запуститься.
-consular-number = +996 999 312 002
-consular-spoken = +996, 999, 31, 20, 02

app-name = Горячая линия 189

lang-ky = кыргызский
lang-ru = русский
lang-uz = узбекский
lang-en = английский

# Темы, которые человек выбирает до разговора (config/taxonomy/intake_topics.yaml).
intake-topic-abroad = Работа за границей, выезд
intake-topic-documents = Документы, право на пребывание
intake-topic-wages = Зарплата, проблемы на работе
intake-topic-ban = Запрет на въезд, депортация
intake-topic-missing = Пропал человек
intake-topic-danger = Опасность, эксплуатация
intake-topic-other = Другой вопрос

## Ошибки: что показать человеку. Код тот же, что в ответе сервера.

error-title = Не получилось
error-back = Вернуться
error-unknown = Что-то пошло не так. Попробуйте ещё раз.
error-unknown-url = Такой страницы нет.
error-not-found = Не найдено или недоступно вам.
error-conflict = Кто-то успел раньше. Обновите страницу.
error-invalid = Проверьте отмеченные поля.
error-required = Нужно заполнить.
error-too-long = Слишком длинно.
error-not-an-option = Такого варианта нет.
error-unknown-field = Такого поля в форме нет.
error-wrong-type = Значение не того вида.
error-too-large = Слишком большой объём данных.
error-too-slow = Запрос шёл слишком долго. Повторите.
error-method = Здесь так сделать нельзя.
error-offer-gone = Обращение уже у другого оператора, или человек ушёл.
error-contact-not-yet-free = Обращение как раз освобождается у коллеги. Нажмите ещё раз.
error-record-conflict = Запись изменил кто-то ещё. Сравните обе версии.
error-not-on-shift = Сначала начните смену.
error-already-acknowledged = Эскалацию уже принял другой сотрудник.
error-wrong-login = Неверное имя или пароль.
error-session-over = Время сеанса вышло. Войдите снова.
error-csrf = Страница устарела. Обновите её и повторите.
error-origin = Запрос пришёл с чужой страницы и отклонён.
error-limit = Слишком много попыток. Подождите немного и повторите.
error-unavailable = Сервис временно не отвечает. Попробуйте чуть позже.
error-carrier-down = Телефонная связь сейчас не отвечает. Попробуйте ещё раз.
error-message-undeliverable = Сообщение доставить нельзя: собеседник недоступен в этом канале.
error-outcome-unknown = Неизвестно, дошло ли. Проверьте, прежде чем повторять.
error-not-yours = Это обращение ведёт другой оператор.
error-contact-over = Обращение уже завершено.
error-busy = Сначала завершите текущий разговор.
error-carrier-cannot = Этот оператор связи так не умеет.
error-transfer-open = Контакт уже передаётся. Сначала завершите или отмените передачу.
error-no-transfer = Передачи сейчас нет.
error-transfer-not-there = Тот, кому передаёте, ещё не на линии.
error-colleague-busy = Этот сотрудник сейчас занят.
error-colleague-sealed = Это обращение можно передать только старшему оператору.
error-take-unavailable = Сначала отметьте, что вы готовы к работе, затем возьмите обращение.
error-take-busy = Сейчас вы не можете взять ещё одно обращение. Сначала завершите то, что у вас есть.
error-take-sealed = Это обращение могут взять только старшие операторы.
error-assign-off-shift = Этот сотрудник не на смене.
error-assign-break = Этот сотрудник на перерыве или попросил перерыв.
error-assign-not-answering = Этот сотрудник сейчас не отвечает.
error-assign-busy = Этот сотрудник занят и не может взять ещё одно обращение.
error-assign-asked = Этому сотруднику как раз предложено другое обращение.
error-assign-sealed = Это обращение могут взять только старшие операторы.
error-number-not-allowed = На этот номер звонить отсюда нельзя.
error-too-many-people = В разговоре уже слишком много людей.
error-already-on-a-call = Вы уже в другом разговоре.
error-form-changed = Форма обновилась. Откройте запись заново.
error-internal = Внутренняя ошибка. Мы её записали.
error-update-failed = Сообщение не удалось обработать; оно будет прочитано снова.
error-chat-not-open = Этот чат сейчас не у вас или уже закрыт.
error-asked-to-stop = Человек просил больше не писать сюда. Если ответить всё же нужно, напишите новое сообщение.
error-message-decided = По этому сообщению уже решено.
error-message-not-sent = Это сообщение ещё не ушло: изменить его пока нельзя.
error-message-fixed = Это сообщение изменить нельзя. Напишите новое.
error-link-decided = По этому вопросу уже решено.
hours-always = круглосуточно
error-message-invalid = Такое сообщение отправить нельзя.
error-invalid-input = Проверьте отмеченные поля.
error-invalid-json = Запрос не удалось прочитать.
error-bad-media-type = Такой вид данных здесь не принимается.
error-too-many-fields = В форме слишком много полей.
error-field-too-long = Одно из полей слишком длинное.
error-text-too-long = Текст слишком длинный.
error-database-away = Данные сейчас недоступны. Попробуйте чуть позже.
error-contacts-in-hand = Сначала завершите свои обращения.
error-wrap-up-extended = Дополнительное время для этой записи уже взято.
error-wrap-up-over = Время на эту запись вышло. Она сохранена: её можно завершить и сейчас.
error-wrap-up-not-begun = Разговор ещё идёт.
error-no-contact-before = Пауза возможна во время оформления или в течение 10 минут после обращения; одна на обращение.
error-demo-only = Так можно только в учебном режиме.
error-last-administrator = Это последний администратор; сначала назначьте другого.
error-login-busy = Сейчас входит слишком много людей. Повторите через минуту.
error-login-factor = Вход со вторым фактором сейчас недоступен.
error-login-taken = Такое имя для входа уже занято.
error-login-wait = Слишком много попыток. Подождите немного и повторите.
error-login-wrong = Неверное имя или пароль.
error-password-guessable = Такой пароль легко угадать. Придумайте другой.
error-password-length = Пароль должен содержать от 15 до 128 знаков.
error-staff-invalid = Проверьте данные сотрудника.
error-case-closed = Эта эскалация уже закрыта.
error-case-not-acknowledged = Сначала возьмите эскалацию в работу.
error-contact-not-talking = Разговор ещё не начался.
error-danger-without-escalation = В записи есть то, о чём должен знать супервизор, но ему не сообщили.

## Дежурному: SMS без личных данных и без темы, не длиннее 70 знаков.

duty-sms = Срочно: { $code } ждёт вас. Откройте рабочее место.

## Время

opens-always = круглосуточно

## Обратный звонок

error-callback-too-late = Обещание перезвонить к этому времени уже не действует. Выберите время раньше.
error-callback-cannot = На этот номер позвонить нельзя.
error-message-unheard = Сначала прослушайте сообщение: в нём может быть сказано, что звонить опасно.
error-callback-wrong-time = Выберите время не раньше чем сейчас и не позже чем через 30 дней, не длиннее 24 часов.
error-callback-promised = На этот номер звонок уже обещан. Перенесите его.
error-callback-number-needed = Укажите номер, по которому звонить.
error-contact-not-allowed = Этот человек просил ему не звонить.
error-outside-safe-window = В это время звонить небезопасно.
## The operator's own telephone

error-own-phone = Укажите полный номер, на который можно звонить отсюда (например, +996 555 123 456), или адрес sip:имя@сервер.
error-own-phone-sip = Здесь можно звонить только на адреса вида sip:имя@сервер.
error-own-phone-unknown = Сначала укажите свой телефон.
error-no-recording = Здесь нет записи, которую можно изменить.
error-recording-ruled-out = Записывать разговоры здесь нельзя.
error-file-empty = Файл пуст.
error-file-damaged = Файл повреждён, отправить его нельзя.
error-file-too-large = Файл слишком большой: можно отправить до 10 МБ.
error-file-not-listed = Файлы этого типа не отправляются: можно фото, PDF, звук или видео.
error-file-too-slow = Файл загружался слишком долго. Попробуйте снова, когда связь будет лучше.
error-no-files-here = По этому каналу файлы отправить нельзя.
error-shift-overlaps = У этого сотрудника в это время уже есть смена.
error-absence-overlaps = На часть этих дней вы уже просили отсутствие.
error-roster-decided = По этой просьбе уже решено, или она отозвана.
error-swap-over = Эту смену уже не отдают: её взял другой, забрали обратно, изменили, или она пересекается с другой сменой.
