// What a finger must do on the phone or the band, drawn. One line, one accent: the finger.
import type { JSX } from 'preact';
import { words, type Words } from '../../words/words';
import './pictures.css';

export type PictureName = keyof Words['repair']['picture'];

// Which picture goes with which fix (knowledge/fixes); none for the rest.
const pictures: Record<string, PictureName> = {
  forget_in_android: 'unpair',
  clean_repair: 'unpair',
  merge_duplicate_entries: 'unpair',
  allow_autostart: 'autostart',
  grant_notification_access: 'autostart',
  regrant_notification_access: 'autostart',
  grant_notifications: 'autostart',
  charge_band: 'charger',
  charge_band_hours: 'charger',
  put_on_charger: 'charger',
  pair_in_app_again: 'tap',
  bind_in_official_app: 'tap',
  pair_without_os_bond: 'tap',
  restart_band: 'restart',
  bring_band_near: 'near',
  go_to_quiet_place: 'near',
  turn_on_bluetooth: 'switches',
  turn_on_location: 'switches',
  turn_off_airplane_mode: 'switches',
  turn_off_battery_saver: 'switches',
  toggle_bluetooth: 'switches',
  cycle_airplane_mode: 'switches',
  exempt_from_battery_optimisation: 'app',
  lift_background_restriction: 'app',
  grant_location_permission: 'app',
  grant_nearby_devices: 'app',
  clear_app_cache: 'app',
  clear_app_data: 'app',
  enable_app: 'app',
  restart_app: 'app',
  free_from_other_phone: 'other',
};
export function pictureOf(fix: string): PictureName | undefined {
  return pictures[fix];
}

const Phone = ({ x = 20 }: { x?: number }) => (
  <>
    <rect class="p-body" x={x} y="10" width="104" height="180" rx="14" />
    <path class="p-faint" d={`M${x + 40} 20h24`} />
  </>
);
const BandShape = ({ x = 170 }: { x?: number }) => (
  <>
    <path class="p-body" d={`M${x + 8} 62V26q0-8 8-8h20q8 0 8 8v36M${x + 8} 138v36q0 8 8 8h20q8 0 8-8v-36`} />
    <rect class="p-body" x={x} y="58" width="52" height="84" rx="24" />
  </>
);
const Row = ({ y, on = false, wide = 44 }: { y: number; on?: boolean; wide?: number }) => (
  <>
    <path class="p-text" d={`M34 ${y}h${wide}`} />
    <rect class={on ? 'p-on' : 'p-off'} x="90" y={y - 6} width="22" height="12" rx="6" />
    <circle class={on ? 'p-knob-on' : 'p-knob'} cx={on ? 106 : 96} cy={y} r="4" />
  </>
);
// The finger: where it touches, and rings around it.
const Touch = ({ x, y }: { x: number; y: number }) => (
  <>
    <circle class="p-ring" cx={x} cy={y} r="15" />
    <circle class="p-touch" cx={x} cy={y} r="7" />
  </>
);
const Tick = ({ x, y }: { x: number; y: number }) => <path class="p-line" d={`M${x - 7} ${y}l5 6 10-12`} />;

const drawn: Record<PictureName, () => JSX.Element> = {
  allow: () => (
    <>
      <Phone x={78} />
      <rect class="p-card" x="88" y="66" width="84" height="74" rx="10" />
      <path class="p-text" d="M98 82h60M98 94h64M98 106h40" />
      <path class="p-line" d="M138 124h22" />
      <Touch x={150} y={124} />
    </>
  ),
  unpair: () => (
    <>
      <Phone />
      <path class="p-text" d="M34 44h60" />
      <rect class="p-card" x="28" y="58" width="88" height="28" rx="8" />
      <path class="p-text" d="M36 72h44" />
      <circle class="p-line" cx="102" cy="72" r="6" />
      <path class="p-line" d="M102 63v-2M102 83v-2M93 72h-2M113 72h-2" />
      <Touch x={102} y={72} />
      <path class="p-arrow" d="M132 98h26m-8-7 8 7-8 7" />
      <rect class="p-card" x="168" y="66" width="66" height="66" rx="10" />
      <path class="p-text" d="M178 82h40" />
      <path class="p-line" d="M190 96h22M193 96l2 24h12l2-24M197 96v-5h8v5" />
      <Touch x={201} y={110} />
    </>
  ),
  autostart: () => (
    <>
      <Phone x={20} />
      <Row y={48} />
      <Row y={78} wide={36} />
      <rect class="p-card" x="26" y="94" width="92" height="30" rx="8" />
      <Row y={109} on wide={40} />
      <Row y={142} wide={30} />
      <Touch x={106} y={109} />
      <BandShape x={172} />
      <Tick x={198} y={100} />
    </>
  ),
  charger: () => (
    <>
      <rect class="p-body" x="30" y="66" width="104" height="68" rx="16" />
      <rect class="p-card" x="42" y="74" width="80" height="52" rx="24" />
      <path class="p-on-line" d="M86 82l-12 20h16l-10 18" />
      <path class="p-line" d="M134 100h34q10 0 10-10V70" />
      <rect class="p-body" x="166" y="34" width="24" height="36" rx="4" />
      <path class="p-line" d="M173 42v8M183 42v8" />
      <path class="p-arrow" d="M210 52h-12m6-6-6 6 6 6" />
    </>
  ),
  tap: () => (
    <>
      <Phone x={14} />
      <path class="p-text" d="M30 70h66M30 84h50" />
      <rect class="p-card" x="28" y="104" width="76" height="24" rx="12" />
      <path class="p-arrow" d="M132 98h24m-8-7 8 7-8 7" />
      <BandShape x={176} />
      <path class="p-text" d="M190 82h24" />
      <Tick x={202} y={112} />
      <Touch x={202} y={112} />
    </>
  ),
  restart: () => (
    <>
      <BandShape x={30} />
      <path class="p-arrow" d="M56 122V82m-7 8 7-8 7 8" />
      <Touch x={56} y={122} />
      <path class="p-arrow" d="M98 100h20m-7-6 7 6-7 6" />
      <BandShape x={132} />
      <path class="p-text" d="M144 84h28M144 98h28M144 112h20" />
      <path class="p-arrow" d="M198 100h14m-6-5 6 5-6 5" />
      <path class="p-line" d="M240 92a13 13 0 1 1-6-6m1-8-1 8-8 0" />
      <Touch x={158} y={98} />
    </>
  ),
  near: () => (
    <>
      <Phone x={30} />
      <BandShape x={176} />
      <path class="p-faint" d="M134 100h42" />
      <path class="p-arrow" d="M140 100h32m-7-6 7 6-7 6M147 94l-7 6 7 6" />
      <path class="p-text" d="M146 122h20" />
    </>
  ),
  switches: () => (
    <>
      <Phone x={78} />
      <path class="p-arrow" d="M130 22v26m-7-7 7 7 7-7" />
      <rect class="p-card" x="88" y="58" width="84" height="60" rx="10" />
      <circle class="p-on" cx="110" cy="88" r="13" />
      <path class="p-knob-line" d="M105 83l10 10-5 5V78l5 5-10 10" />
      <circle class="p-off" cx="150" cy="88" r="13" />
      <Touch x={110} y={88} />
    </>
  ),
  app: () => (
    <>
      <Phone x={20} />
      <rect class="p-card" x="34" y="38" width="24" height="24" rx="6" />
      <path class="p-text" d="M68 46h40M68 56h24M34 84h52M34 104h62M34 124h46M34 144h56" />
      <Touch x={60} y={104} />
      <path class="p-arrow" d="M132 104h24m-8-7 8 7-8 7" />
      <rect class="p-card" x="166" y="68" width="76" height="72" rx="10" />
      <circle class="p-off" cx="180" cy="88" r="6" />
      <path class="p-text" d="M194 88h34M194 116h38" />
      <circle class="p-on" cx="180" cy="116" r="6" />
      <Touch x={180} y={116} />
    </>
  ),
  other: () => (
    <>
      <Phone x={20} />
      <path class="p-line" d="M64 84l16 16-8 8V76l8 8-16 16" />
      <path class="p-bad" d="M48 68l48 48" />
      <path class="p-faint" d="M138 100h26" />
      <BandShape x={178} />
      <Tick x={204} y={100} />
    </>
  ),
};

export function Picture({ name }: { name: PictureName }) {
  const Drawing = drawn[name];
  return (
    <figure class="picture">
      <svg viewBox="0 0 260 200" role="img" aria-label={words.value.repair.picture[name]}>
        <Drawing />
      </svg>
    </figure>
  );
}
