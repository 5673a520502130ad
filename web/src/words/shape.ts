// A translation has the shape of English: the same keys, the same functions. What is missing does not compile.
export type Translated<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...given: infer A) => string
      ? (...given: A) => string
      : T[K] extends readonly string[]
        ? readonly string[]
        : Translated<T[K]>;
};

// Plural forms by the language's own rules: `{one: '# file', other: '# files'}`; # is the number, written its way.
export function plurals(language: string) {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (n: number, forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }): string =>
    (forms[rules.select(n)] ?? forms.other).replace('#', numbers.format(n));
}
