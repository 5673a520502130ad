// What is being done, in one line.
import type { Words } from '../words';

export const tasks: Words['tasks'] = {
  diagnose: 'Выясняем, что не так',
  plan: 'Спрашиваем телефон, что было бы сделано',
  repair: 'Ремонт',
  undo: 'Отмена изменений',
  everyday: 'Проверяем повседневные настройки',
  everyday_set: 'Задаём повседневные настройки',
  watch: 'Смотрим за связью',
  band_scan: 'Слушаем браслеты',
  band_pair: 'Сопрягаем этот компьютер с браслетом',
  band_info: 'Спрашиваем браслет',
  band_sync: 'Получаем данные браслета',
  band_find: 'Заставляем браслет вибрировать',
  band_restart: 'Перезапускаем браслет',
  band_reset: 'Стираем браслет',
  band_update: 'Обновляем браслет',
  band_live: 'Читаем пульс',
  band_bind: 'Заново привязываем браслет',
  band_probe: 'Спрашиваем сам браслет',
  other: 'Работаем',
  running: (what) => `${what} …`,
  waits: (what) => `${what}: ждём вашего ответа`,
  goThere: 'Перейти',
  failed: (what) => `${what}: не получилось`,
};
