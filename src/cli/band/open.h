// What every verb of the band begins with: clock, store, radio, which band.
#pragma once

#include <memory>
#include <optional>

#include "app/band/my_band.h"
#include "app/band/run_on_band.h"
#include "cli/options.h"
#include "cli/outcome.h"
#include "cli/style.h"

namespace bk::cli {

struct OpenBand {
  std::unique_ptr<ports::Clock> clock;  // hears Ctrl-C while it lives
  std::unique_ptr<ports::BandStore> store;
  std::unique_ptr<ports::BandRadio> radio;
  app::MyBand band;

  // `this` must outlive them.
  [[nodiscard]] companion::BandSession::Options Session(const app::World& world) const;
  // Of this computer, seconds since 1970.
  [[nodiscard]] std::int64_t WallNow() const { return clock->WallMillis() / 1000; }
};

// Clock, store and radio. kNotSupported where this program was joined without Bluetooth.
Result<OpenBand> OpenRadio(const Options& options, const app::World& world);
// And the band that is meant, which must have a key.
Result<OpenBand> OpenMyBand(const Options& options, const app::World& world);

// What a session is at, as a line that overwrites itself.
void ShowNote(const companion::SessionNote& note, const app::World& world);
app::BandFace FaceOf(const OpenBand& open, const app::World& world);

// The result of a run that came to nothing, in words and with its exit code.
Outcome NotDone(const app::BandRun& run, const Options& options, std::string_view verb,
                app::Privacy& privacy);

// {"schema": ..., "verb": ...}: the beginning of every JSON document of these verbs.
nlohmann::ordered_json BandJson(std::string_view verb);
std::string InfoText(const companion::BandInfo& info);
nlohmann::ordered_json InfoJson(const companion::BandInfo& info);

}  // namespace bk::cli
