// A view that is fetched when it is first shown. Preact's own lazy() needs its compatibility layer; this is all we need.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { words } from '../words/words';
import { Busy } from './bits';

export function Lazy(load: () => Promise<ComponentType>): ComponentType {
  let have: ComponentType | null = null;
  return function Later() {
    const [, drawAgain] = useState(0);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (have) return;
      load().then(
        (view) => {
          have = view;
          drawAgain((n) => n + 1);
        },
        () => setFailed(true),
      );
    }, []);
    if (have) {
      const View = have;
      return <View />;
    }
    return failed ? <p class="sub">{words.value.errors.lost}</p> : <Busy text={words.value.common.moment} />;
  };
}
