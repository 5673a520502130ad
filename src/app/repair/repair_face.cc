#include "app/repair/repair_face.h"

#include <cmath>

#include "app/repair/messages.h"

namespace bk::app {

RestShown::RestShown(const std::vector<troubleshoot::Step>& rest,
                     const language::Language& language) {
  constexpr std::size_t kShown = 8;
  double minutes = 0;
  for (const troubleshoot::Step& step : rest) {
    minutes += step.minutes;
    if (steps.size() < kShown) steps.push_back(step.text);
  }
  const auto count = static_cast<std::int64_t>(rest.size());
  text = language.Say(kFaceSays.rest, {{"count", count}, {"minutes", std::lround(minutes)}});
  if (rest.size() > kShown)
    steps.push_back(language.Say(kFaceSays.rest_more,
                                 {{"count", static_cast<std::int64_t>(rest.size() - kShown)}}));
}

}  // namespace bk::app
