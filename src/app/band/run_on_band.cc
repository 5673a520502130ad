#include "app/band/run_on_band.h"

#include <utility>

#include "app/band/drive.h"

namespace bk::app {

BandRun RunOnBand(ports::BandRadio& radio, const companion::BandSession::Options& options,
                  std::chrono::microseconds patience, const NextConversation& next,
                  const BandFace& face, bool hang_up_at_once) {
  companion::BandSession session(options);
  BandRun run;
  std::unique_ptr<companion::Procedure> running, last, planned;
  ports::RadioTime alive = radio.Now();
  bool given_up = false;
  const auto end = [&](BandRun::End how) {
    run.end = how;
    return false;
  };
  session.Start(radio.Now());
  Drive(radio, session, std::chrono::milliseconds(250), [&](ports::RadioTime now) {
    for (companion::SessionNote& note : session.TakeNotes()) {
      if (note.kind == companion::SessionNote::Kind::kReady) alive = now;
      given_up = given_up || note.kind == companion::SessionNote::Kind::kGivenUp;
      if (face.note) face.note(note);
      run.notes.push_back(std::move(note));
    }
    if (face.tick) face.tick();
    if (face.stopped && face.stopped()) return end(BandRun::End::kStopped);
    if (session.over()) {
      run.failure = session.failure();
      return end(given_up ? BandRun::End::kNeedsOwner : BandRun::End::kNotReached);
    }
    if (running != nullptr && !session.running()) {
      alive = now;
      last = std::move(running);
      if (hang_up_at_once && last->outcome()) {
        planned = next(session.info(), last.get());
        if (planned == nullptr) return end(BandRun::End::kDone);
      }
    }
    if (running == nullptr && session.ready()) {
      running = planned != nullptr ? std::move(planned) : next(session.info(), last.get());
      if (running == nullptr) return end(BandRun::End::kDone);
      session.Run(*running, now);
      alive = now;
    }
    if (running == nullptr && now - alive > patience) {
      run.failure = session.failure();
      return end(BandRun::End::kNotReached);
    }
    return true;
  });
  run.info = session.info();
  CloseLink(radio, session);
  return run;
}

}  // namespace bk::app
