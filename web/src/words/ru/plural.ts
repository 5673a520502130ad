import { plurals } from '../shape';

export const many = plurals('ru');
export const minutes = (n: number) => many(n, { one: '# минута', few: '# минуты', many: '# минут', other: '# минуты' });
export const minutesOf = (n: number) => many(n, { one: '# минуты', few: '# минут', many: '# минут', other: '# минуты' });
