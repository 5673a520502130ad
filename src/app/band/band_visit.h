// What is done with a band and what comes of it, the same for the terminal and the page: a face
// brings a BandVisit and shows a BandTold. What every visit begins with: clock, store, radio, which
// band.
#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/band/band_world.h"
#include "app/band/my_band.h"
#include "app/band/run_on_band.h"
#include "language/language.h"
#include "ports/clock.h"

namespace bk::app {

struct BandVisit {
  const BandWorld* world = nullptr;  // null: this computer's Bluetooth cannot be used
  std::function<std::unique_ptr<ports::Clock>()> clock;  // hears Ctrl-C or Stop while it lives
  std::function<void(std::string_view)> progress;        // may be empty
  // Hides addresses and makes foreign bytes valid UTF-8: what goes into a text or a document.
  std::function<std::string(std::string_view)> clean;
  const language::Language* language = nullptr;  // outlives the visit; null: English
  std::string adapter;                           // "hci1"; empty: the first that can be used
  std::string band;                              // address; empty: the only one that is known

  [[nodiscard]] const language::Language& in() const;
  [[nodiscard]] std::string Say(const language::Message& message,
                                const std::vector<language::Argument>& arguments = {}) const {
    return in().Say(message, arguments);
  }
  void Progress(std::string_view text) const {
    if (progress) progress(text);
  }
};

struct BandTold {
  enum class End : std::uint8_t {
    kDone,
    kNotReached,  // not heard, held, not now: another time
    kNeedsOwner,  // the key is not the band's
    kFailed,      // the band or this computer could not do it
    kStopped,
  };
  End end = End::kDone;
  std::string text;                 // what it came to, clean
  std::vector<std::string> more;    // further sentences, clean
  nlohmann::ordered_json document;  // {"schema": "bandkeeper.band/1", "verb", "done", "text"}
  std::optional<companion::BandInfo> info;  // as the band told it now

  [[nodiscard]] bool done() const { return end == End::kDone; }
};

struct OpenBand {
  std::unique_ptr<ports::Clock> clock;
  std::unique_ptr<ports::BandStore> store;
  std::unique_ptr<ports::BandRadio> radio;
  MyBand band;

  // `this` must outlive them.
  [[nodiscard]] companion::BandSession::Options Session(const BandVisit& visit) const;
  // Of this computer, seconds since 1970.
  [[nodiscard]] std::int64_t WallNow() const { return clock->WallMillis() / 1000; }
};

// Clock, store and radio. kNotSupported where this program was joined without Bluetooth.
Result<OpenBand> OpenBandRadio(const BandVisit& visit);
// And the band that is meant, which must have a key.
Result<OpenBand> OpenKnownBand(const BandVisit& visit);

// Tells the visit's progress; hears its clock.
BandFace FaceOf(const BandVisit& visit, const OpenBand& open);

// What a run that is over came to, but for its text when it is done.
BandTold Told(const BandVisit& visit, std::string_view verb, const BandRun& run);
// The end in `told` with its text, in its document too.
void Finish(BandTold& told, BandTold::End end, std::string text);

// {"schema": ..., "verb": ...}: the beginning of every document of these verbs.
nlohmann::ordered_json BandJson(std::string_view verb);
nlohmann::ordered_json InfoJson(const BandVisit& visit, const companion::BandInfo& info);

}  // namespace bk::app
