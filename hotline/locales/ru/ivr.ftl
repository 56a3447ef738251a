### Что слышит звонящий. `.audio`: имя звукового файла; сменили текст — переозвучьте (docs/prompts.md).
### `.count`: озвучить для чисел от 1 до указанного.

## Начало и язык

ivr-welcome = Здравствуйте! Это горячая линия 189.
    .audio = ivr-welcome

ivr-language = Русский язык:
    .audio = ivr-language

ivr-danger = Если вы в опасности,
    .audio = ivr-danger

ivr-notice = Разговор не записывается, имя называть не нужно. Если опасно, нажать ноль можно в любой момент.
    .audio = ivr-notice

ivr-notice-recorded = Разговор с оператором будет записан, запись хранится ограниченное время. Имя называть не нужно. От записи можно отказаться, вам помогут так же.
    .audio = ivr-notice-recorded

ivr-unrecorded = Чтобы говорить без записи,
    .audio = ivr-unrecorded

ivr-emergency = Если вы в Кыргызстане и вам угрожают прямо сейчас, звоните { -police-number }; скорая помощь: { -ambulance-number }.
    .audio = ivr-emergency

## Клавиши: звучат после названия пункта

ivr-press-0 = нажмите ноль.
    .audio = ivr-press-0

ivr-press-1 = нажмите один.
    .audio = ivr-press-1

ivr-press-2 = нажмите два.
    .audio = ivr-press-2

ivr-press-3 = нажмите три.
    .audio = ivr-press-3

ivr-press-4 = нажмите четыре.
    .audio = ivr-press-4

ivr-press-5 = нажмите пять.
    .audio = ivr-press-5

ivr-press-6 = нажмите шесть.
    .audio = ivr-press-6

ivr-press-7 = нажмите семь.
    .audio = ivr-press-7

ivr-press-8 = нажмите восемь.
    .audio = ivr-press-8

ivr-press-9 = нажмите девять.
    .audio = ivr-press-9

ivr-press-star = нажмите звёздочку.
    .audio = ivr-press-star

ivr-press-hash = нажмите решётку.
    .audio = ivr-press-hash

## О чём вопрос

ivr-topic = О чём вы хотите спросить?
    .audio = ivr-topic

ivr-topic-abroad = Работа за границей и выезд:
    .audio = ivr-topic-abroad

ivr-topic-documents = Документы и право на пребывание:
    .audio = ivr-topic-documents

ivr-topic-wages = Зарплата и проблемы на работе:
    .audio = ivr-topic-wages

ivr-topic-ban = Запрет на въезд или депортация:
    .audio = ivr-topic-ban

ivr-topic-missing = Пропал человек:
    .audio = ivr-topic-missing

ivr-topic-danger = Вас обманули, удерживают или заставляют:
    .audio = ivr-topic-danger

ivr-topic-other = Другой вопрос:
    .audio = ivr-topic-other

ivr-repeat = Чтобы услышать ещё раз,
    .audio = ivr-repeat

ivr-change-language = Сменить язык:
    .audio = ivr-change-language

## Ожидание

ivr-wait = Спасибо. Соединяем вас с оператором. Пожалуйста, оставайтесь на линии.
    .audio = ivr-wait

ivr-wait-danger = Мы поняли, что это срочно, и соединяем вас раньше других. Оставайтесь на линии, если это безопасно. Если нужно прервать звонок, перезвоните, когда сможете.
    .audio = ivr-wait-danger

ivr-position = Ваше место в очереди:
    .audio = ivr-position

ivr-number = { $n }
    .audio = ivr-number
    .count = 20

ivr-position-many = Перед вами больше двадцати человек. Мы ответим каждому по очереди.
    .audio = ivr-position-many

ivr-hold = Вы в очереди. Спасибо, что ждёте.
    .audio = ivr-hold

ivr-connecting = Соединяем с оператором.
    .audio = ivr-connecting

ivr-operator-lost = Связь с оператором прервалась. Не кладите трубку, мы соединим вас снова.
    .audio = ivr-operator-lost

ivr-handed-on = Мы соединяем вас с другим специалистом. Не кладите трубку, пожалуйста.
    .audio = ivr-handed-on

## Конец звонка

ivr-closed = Сейчас операторы не работают. Пожалуйста, позвоните позже.
    .audio = ivr-closed

ivr-goodbye = Спасибо за звонок. Берегите себя. До свидания.
    .audio = ivr-goodbye

ivr-sorry = Извините, у нас неполадка. Пожалуйста, перезвоните через несколько минут.
    .audio = ivr-sorry

## Оператору

ivr-op-gone = Звонящий положил трубку.
    .audio = ivr-op-gone

ivr-op-none = Сейчас для вас нет звонка.
    .audio = ivr-op-none

## Обратный звонок. В словах «шлюза» ничто не должно выдавать горячую линию: трубку может взять другой человек.

ivr-callback = Чтобы не ждать у телефона, попросите перезвонить вам, место в очереди сохранится:
    .audio = ivr-callback

ivr-called-back = Мы перезвоним на этот номер, когда подойдёт ваша очередь. Можно положить трубку. Когда ответите на звонок, нажмите один.
    .audio = ivr-called-back

ivr-callback-cannot = На этот номер мы перезвонить не сможем. Пожалуйста, оставайтесь на линии.
    .audio = ivr-callback-cannot

ivr-gate = Здравствуйте. Вам звонят. Чтобы ответить,
    .audio = ivr-gate

ivr-gate-end = До свидания.
    .audio = ivr-gate-end
## Линия: ожидание, частые вопросы, перегрузка

ivr-wait-minutes = Примерное время ожидания, в минутах:
    .audio = ivr-wait-minutes

ivr-many-ask = Сегодня многие спрашивают об этом:
    .audio = ivr-many-ask

ivr-elsewhere = Сейчас мы не можем ответить на этот звонок. Пожалуйста, позвоните немного позже.
    .audio = ivr-elsewhere

ivr-still-there = Если вам нужна помощь, нажмите любую кнопку. Если вы ничего не нажмёте, звонок завершится.
    .audio = ivr-still-there

## The operator's own telephone

ivr-op-take = Вам звонок. Чтобы принять его, нажмите один.
    .audio = ivr-op-take

## Вне часов работы и вместо ожидания: сообщение, короткая справка. После сигнала идёт запись, и звонящему об этом говорят.

ivr-leave-message = Оставить сообщение:
    .audio = ivr-leave-message

ivr-message = Говорите после сигнала. Сообщение записывается, его услышат только наши сотрудники. Скажите, можно ли звонить на этот номер и когда это безопасно. В конце нажмите решётку.
    .audio = ivr-message

ivr-message-kept = Спасибо. Сообщение принято.
    .audio = ivr-message-kept

ivr-message-empty = Сообщение не записано.
    .audio = ivr-message-empty

ivr-information = Короткая справка:
    .audio = ivr-information

ivr-info-about = Об этой линии:
    .audio = ivr-info-about

ivr-info-numbers = Экстренные номера:
    .audio = ivr-info-numbers

ivr-info-back = Вернуться назад:
    .audio = ivr-info-back

ivr-about = Здесь советуют по вопросам миграции и работы за границей и помогают тем, кого обманули или удерживают. Имя называть не нужно.
    .audio = ivr-about

## Переполнение и закрытая очередь

ivr-busy = Сейчас ждёт больше людей, чем обычно, и ответим мы не скоро. Можно остаться на линии, вы уже в очереди.
    .audio = ivr-busy

ivr-queue-closed = Сейчас мы не можем принять новые звонки. Пожалуйста, позвоните позже.
    .audio = ivr-queue-closed

ivr-partner-consular = Номер консульского департамента МИД:
    .audio = ivr-partner-consular

ivr-consular = Консульский департамент Министерства иностранных дел Кыргызстана, это другая организация. Телефон: { -consular-spoken }. Повторяем: { -consular-spoken }.
    .audio = ivr-consular
