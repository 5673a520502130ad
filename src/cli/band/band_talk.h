// What each verb of the band has at hand, and how what it came to is printed.
#pragma once

#include <string>

#include "app/band/band_visit.h"
#include "cli/options.h"
#include "cli/outcome.h"
#include "cli/style.h"

namespace bk::cli {

class BandTalk {
 public:
  // All must outlive it.
  BandTalk(const Options& with, const app::World& inside, const Style& in_style,
           const language::Language& language);
  BandTalk(const BandTalk&) = delete;
  BandTalk& operator=(const BandTalk&) = delete;

  const Options& options;
  const app::World& world;
  const Style& style;
  app::Privacy privacy;
  app::BandVisit visit;

  [[nodiscard]] std::string Say(const language::Message& message,
                                const std::vector<language::Argument>& arguments = {}) const {
    return visit.Say(message, arguments);
  }
  // The sentences, or the document with --json; what failed goes to standard error.
  Outcome Show(const Result<app::BandTold>& told);
  // Firmware, battery ..., a line each.
  [[nodiscard]] std::string InfoLines(const companion::BandInfo& info) const;
  [[nodiscard]] std::string Line(std::string_view sentence) const {
    return "  " + style.Wrap(sentence, 2, 4) + "\n";
  }
};

ExitCode StatusOf(app::BandTold::End end);

}  // namespace bk::cli
