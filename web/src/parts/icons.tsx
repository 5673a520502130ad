// Drawn here, so that nothing is fetched. All are decoration: the words beside them say the same.
import type { JSX } from 'preact';

const paths = {
  phone: 'M8 2.8h8a2 2 0 0 1 2 2v14.4a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2V4.8a2 2 0 0 1 2-2zM10.8 18.2h2.4',
  app: 'M4.5 4.5h6v6h-6zM13.5 4.5h6v6h-6zM4.5 13.5h6v6h-6zM16.5 13.5v6M13.5 16.5h6',
  link: 'M7.5 7.5l9 9L12 21V3l4.5 4.5-9 9',
  binding: 'M8 10.5a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM10.9 11.7L19 3.6M15 7.6l2.6 2.6M17.4 5.2l2 2',
  firmware: 'M7 7h10v10H7zM10 10h4v4h-4zM9.5 7V4M14.5 7V4M9.5 20v-3M14.5 20v-3M7 9.5H4M7 14.5H4M20 9.5h-3M20 14.5h-3',
  band: 'M9 7.5V3.8c0-.6.4-1 1-1h4c.6 0 1 .4 1 1v3.7M9 16.5v3.7c0 .6.4 1 1 1h4c.6 0 1-.4 1-1v-3.7M10.5 7.5h3a3 3 0 0 1 3 3v3a3 3 0 0 1-3 3h-3a3 3 0 0 1-3-3v-3a3 3 0 0 1 3-3z',
  home: 'M4 11l8-7 8 7M6 9.5V20h12V9.5M10 20v-5.5h4V20',
  evidence: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.4 15.4L20.5 20.5',
  verdict: 'M6 3.5h12v17H6zM9 8h6M9 11.5h6M9 15h3.5',
  repair: 'M14.8 6.2a4.2 4.2 0 0 1 5-1.2l-2.6 2.6 1.2 1.2L21 6.2a4.2 4.2 0 0 1-5.6 5.2L7.6 19.2a2 2 0 0 1-2.8-2.8l7.8-7.8a4.2 4.2 0 0 1 2.2-2.4z',
  timeline: 'M3.5 6h10M8 12h12.5M5 18h8M3.5 4v4M13.5 4v4M8 10v4M20.5 10v4M5 16v4M13 16v4',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM9 15a2 2 0 1 1 0 4 2 2 0 0 1 0-4z',
  help: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM9.6 9.6a2.4 2.4 0 1 1 3.5 2.1c-.7.4-1.1.9-1.1 1.7v.3M12 16.6h.01',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  arrow: 'M5 12h14M13 6l6 6-6 6',
  file: 'M7 3h7l4 4v14H7zM14 3v4h4',
  close: 'M6 6l12 12M18 6L6 18',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  left: 'M14.5 5.5L8 12l6.5 6.5',
  right: 'M9.5 5.5L16 12l-6.5 6.5',
  clock: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7.5V12l3 2',
  undo: 'M8 5L4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-4',
  shield: 'M12 3l7.5 2.5v6c0 4.5-3 7.8-7.5 9.5-4.5-1.7-7.5-5-7.5-9.5v-6z',
  hand: 'M9 12V5.2a1.5 1.5 0 0 1 3 0V11m0-1.5a1.5 1.5 0 0 1 3 0V12m0-1a1.5 1.5 0 0 1 3 0v4a6 6 0 0 1-6 6h-.5a6 6 0 0 1-4.6-2.2L4 15.2a1.5 1.5 0 0 1 2.2-2L9 15.5',
} as const;
export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }): JSX.Element {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

// The same as public/assets/icon.svg, which is for the tab: a file of its own would come after the first paint.
export function Brand(): JSX.Element {
  return (
    <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#1b1c20" />
      <rect x="11" y="3" width="10" height="26" rx="5" fill="#3a3c44" />
      <rect x="11" y="8" width="10" height="16" rx="5" fill="#f1f0ed" />
      <path d="M13.2 16.2l2 2.1 3.6-4.3" fill="none" stroke="#1a7f4b" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
