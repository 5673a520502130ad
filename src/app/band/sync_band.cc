#include "app/band/sync_band.h"

#include "app/band/drive.h"
#include "app/band/syncing.h"

namespace bk::app {

SyncResult SyncBand(ports::BandRadio& radio, ports::BandStore& store, const SyncWishes& wishes,
                    const SyncFace& face) {
  companion::BandSession session(wishes.session);
  session.Start(radio.Now());
  Syncing syncing(store, wishes, face, session);
  Drive(radio, session, std::chrono::milliseconds(250),
        [&](ports::RadioTime now) { return syncing.Look(now); });
  SyncResult result = syncing.Take();
  CloseLink(radio, session);
  return result;
}

}  // namespace bk::app
