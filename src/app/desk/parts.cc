#include "app/desk/parts.h"

#include <algorithm>

namespace bk::app {

void Parts::Set(std::string_view name, std::string json, bool simulated) {
  std::shared_ptr<const std::function<void()>> tell;
  {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find(parts_, name, &Part::name);
    if (found != parts_.end()) {
      if (*found->value == json && found->simulated == simulated) return;
      parts_.erase(found);
    }
    parts_.push_back({.name = std::string(name),
                      .revision = next_++,
                      .simulated = simulated,
                      .value = std::make_shared<const std::string>(std::move(json))});
    tell = tell_;
  }
  if (tell && *tell) (*tell)();
}

std::vector<Parts::Part> Parts::Since(std::int64_t after) const {
  const std::lock_guard lock(mutex_);
  if (after >= next_) after = 0;
  std::vector<Part> newer;
  for (const Part& part : parts_)
    if (part.revision > after) newer.push_back(part);
  return newer;
}

std::int64_t Parts::revision() const {
  const std::lock_guard lock(mutex_);
  return parts_.empty() ? 0 : parts_.back().revision;
}

void Parts::OnChange(std::function<void()> tell) {
  const std::lock_guard lock(mutex_);
  tell_ = std::make_shared<const std::function<void()>>(std::move(tell));
}

}  // namespace bk::app
