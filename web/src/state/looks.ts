// Light, dark or as the system has it. Kept with the settings, so that the server can send a page that has it from the
// beginning, and nothing flashes.
import { signal } from '@preact/signals';
import { engine, parts } from './store';

export type Theme = 'system' | 'light' | 'dark';

function known(value: unknown): Theme {
  return value === 'light' || value === 'dark' ? value : 'system';
}

export const theme = signal<Theme>(known(document.documentElement.dataset['theme']));

function wear(next: Theme): void {
  theme.value = next;
  const root = document.documentElement;
  if (next === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = next;
}

// As the settings have it: also when another tab has changed them.
export function followTheme(): void {
  const settings = parts.settings.value;
  if (settings) wear(known(settings.page['theme']));
}

export function setTheme(next: Theme): Promise<void> {
  wear(next);
  return engine().settings({ page: { ...parts.settings.value?.page, theme: next } });
}
