// What holds for the whole page: nobody answers, something failed, nothing here is real.
import { failure } from '../state/act';
import { connection, engine, parts, simulated } from '../state/store';
import { words } from '../words/words';
import { Button } from './button';

export function Banner() {
  const w = words.value;
  const what = parts.phones.value?.simulated_phone;
  return (
    <>
      {simulated.value || what ? (
        <aside class="ribbon" data-name="simulated" aria-label={w.simulated.badge}>
          <b>{w.simulated.badge}</b> {what ? w.simulated.phone(what) : w.simulated.plain}
        </aside>
      ) : null}
      <div class="banners" role="alert">
        {connection.value === 'lost' ? (
          <div class="banner banner-warn" data-name="lost">
            <p>
              {w.connection.lost} <span class="quiet">{w.connection.lostHow}</span>
            </p>
            <Button onPress={() => engine().retry()}>{w.connection.retry}</Button>
          </div>
        ) : null}
        {failure.value ? (
          <div class="banner banner-bad" data-name="failure">
            <p>
              <b>{w.errors.title}.</b> {failure.value}
            </p>
            <Button
              look="quiet"
              icon="close"
              label={w.errors.close}
              onPress={() => {
                failure.value = '';
              }}
            >
              {w.common.close}
            </Button>
          </div>
        ) : null}
      </div>
    </>
  );
}
