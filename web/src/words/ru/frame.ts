// What stands around every view: navigation, connection, common buttons.
import type { Words } from '../words';
import { many, minutes, minutesOf } from './plural';

export const frame: Pick<Words, 'name' | 'skip' | 'nav' | 'stays' | 'errors' | 'connection' | 'simulated' | 'common'> = {
  name: 'bandkeeper',
  skip: 'Перейти к содержанию',
  nav: {
    label: 'Страницы',
    home: 'Главная',
    evidence: 'Данные',
    verdict: 'Вывод',
    repair: 'Ремонт',
    timeline: 'Хронология',
    band: 'Браслет',
    settings: 'Настройки',
    help: 'Справка',
    more: 'Ещё',
  },
  stays: 'Ничто не покидает этот компьютер.',
  errors: {
    drawn: 'Эту страницу не удалось показать. Загрузите её снова; ваши данные и всё сделанное сохранены.',
    reload: 'Загрузить снова',
    busy: (what) => `Уже идёт другое: ${what}. Дождитесь конца или остановите.`,
    lost: 'bandkeeper сейчас не отвечает. Попытки повторяются сами.',
    unknown: (code) => `Не получилось (${code}). Попробуйте ещё раз; если не поможет, перезапустите bandkeeper.`,
    codes: {
      too_slow: 'Это шло слишком долго. Попробуйте ещё раз.',
      too_many: 'Одновременно открыто или передаётся слишком много: закройте другую вкладку этой страницы или немного подождите.',
    },
    title: 'Не получилось',
    close: 'Закрыть это сообщение',
  },
  connection: {
    connecting: 'Связываемся с bandkeeper на этом компьютере …',
    lost: 'bandkeeper на этом компьютере не отвечает. Страница пробует снова каждые две секунды и продолжит с того же места.',
    lostHow: 'Если вы его закрыли, запустите снова: bandkeeper serve',
    retry: 'Попробовать сейчас',
    back: 'bandkeeper снова отвечает.',
    refusedTitle: 'Этой вкладке нужен свежий адрес',
    refused:
      'Ради вашей безопасности страницу открывает только адрес, который напечатал bandkeeper. Запустите bandkeeper снова или нажмите на адрес в окне, где он работает.',
    refusedHow: 'bandkeeper serve --open',
  },
  simulated: {
    badge: 'Демонстрация',
    phone: (what) => `Телефон, которого нет: ${what}.`,
    band: (what) => `Браслет, которого нет: ${what}.`,
    key: (key) => `Его ключ, чтобы попробовать сопряжение: ${key}`,
    plain: 'Показанных здесь телефона и браслета не существует.',
  },
  common: {
    yes: 'Да',
    no: 'Нет',
    dontKnow: 'Не знаю',
    none: 'Ничего из этого',
    back: 'Назад',
    cancel: 'Отмена',
    close: 'Закрыть',
    stop: 'Остановить',
    undo: 'Отменить ремонт',
    named: (what) => `«${what}»`,
    minutes,
    about: (n) => `около ${minutesOf(n)}`,
    underMinute: 'меньше минуты',
    secondsLeft: (n) =>
      many(n, { one: 'осталась # секунда', few: 'осталось # секунды', many: 'осталось # секунд', other: 'осталось # секунды' }),
    percent: (n) => `${n} %`,
    explained: (term) => `${term}: объяснить это слово`,
    moment: 'Одну минуту …',
  },
};
