#include "app/band/bind_band.h"

#include <utility>

#include "app/band/bind_messages.h"
#include "app/band/keys.h"
#include "app/band/known_band.h"
#include "companion/bind.h"

namespace bk::app {
namespace {

using companion::Bind;
using companion::Outcome;
using companion::Procedure;

constexpr std::chrono::seconds kPatience{90};

struct Bound {
  BandRun run;
  bool sent = false;  // the band may have the key
  std::optional<Outcome> answer;
  Bind::Why why = Bind::Why::kOther;
};

Bound Ask(const BandVisit& visit, const OpenBand& open, const ports::Block16& key) {
  Bound bound;
  const Bind* asking = nullptr;
  companion::BandSession::Options options = open.Session(visit);
  options.key = nullptr;  // before it is bound there is nothing to prove
  options.set_clock = false;
  bound.run = RunOnBand(
      *open.radio, options, kPatience,
      [&](const companion::BandInfo&, const Procedure* last) -> std::unique_ptr<Procedure> {
        if (asking != nullptr) {
          bound.why = asking->why();
          if (last != nullptr) bound.answer = last->outcome();
          // Asked once: a link that was lost meanwhile leaves the question to the key's trial.
          return nullptr;
        }
        auto bind = std::make_unique<Bind>(key, [&] {
          bound.sent = true;
          visit.Progress(visit.Say(kBindSays.tap));
        });
        asking = bind.get();
        return bind;
      },
      FaceOf(visit, open), /*hang_up_at_once=*/true);
  visit.Progress("");
  return bound;
}

const language::Message& WhyNot(Bind::Why why) {
  switch (why) {
    case Bind::Why::kNeedsSignature:
      return kBindSays.needs_signature;
    case Bind::Why::kRefusedByTap:
      return kBindSays.refused;
    case Bind::Why::kAlreadyBound:
      return kBindSays.already;
    case Bind::Why::kOther:
      break;
  }
  return kBindSays.not_bound;
}

}  // namespace

bool IsBindWord(const BandVisit& visit, std::string_view word) {
  return word == kBindSays.word.english || word == visit.Say(kBindSays.word);
}

Result<BandTold> BindBand(const BandVisit& visit, OpenBand open) {
  ports::Store& keys = *visit.world->keys;
  const Address address = open.band.address;
  BK_TRY(const auto before, LoadBandKey(keys, address, visit.in()));
  const auto made = RandomBlock();
  if (!made) return Fail(ErrorCode::kNotSupported, visit.Say(kBindSays.no_random));
  const ports::Block16 key = *made;
  if (Status saved = SaveBandKey(keys, address, key); !saved)
    return std::unexpected(std::move(saved).error());
  const auto put_back = [&]() -> Status {
    return before ? SaveBandKey(keys, address, *before) : ForgetBandKey(keys, address);
  };
  const Bound bound = Ask(visit, open, key);
  const bool refused = bound.answer && bound.answer->end == Outcome::End::kRefused;
  if (!bound.sent || refused) {
    if (Status back = put_back(); !back) return std::unexpected(std::move(back).error());
    BandTold told = Told(visit, "bind", bound.run);
    if (refused)
      Finish(told, BandTold::End::kFailed, visit.Say(WhyNot(bound.why)));
    else if (told.done())
      Finish(told, BandTold::End::kFailed, visit.Say(kBindSays.not_bound));
    return told;
  }
  // The proof that it is bound, whatever was heard: the key is taken.
  const bool stopped = bound.run.end == BandRun::End::kStopped;
  open.band.key = key;
  if (!stopped) {
    BK_TRY(BandTold told, PairBand(visit, std::move(open)));
    if (told.done()) {
      Finish(told, told.end, visit.Say(kBindSays.bound));
      return told;
    }
    if (told.end != BandTold::End::kNeedsOwner) {
      // Not reached: it may have the key, which therefore stays.
      told.more.push_back(visit.Say(kBindSays.perhaps));
      return told;
    }
    if (Status back = put_back(); !back) return std::unexpected(std::move(back).error());
    const bool nobody = bound.answer && bound.answer->end == Outcome::End::kNoAnswer;
    Finish(told, BandTold::End::kFailed,
           visit.Say(nobody ? kBindSays.nobody_tapped : kBindSays.not_bound));
    return told;
  }
  BandTold told = Told(visit, "bind", bound.run);
  told.more.push_back(visit.Say(kBindSays.perhaps));
  return told;
}

}  // namespace bk::app
