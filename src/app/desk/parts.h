// What a page sees: named parts, each a JSON text with a revision that only grows.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace bk::app {

// Safe for several threads.
class Parts {
 public:
  struct Part {
    std::string name;
    std::int64_t revision = 0;
    bool simulated = false;
    std::shared_ptr<const std::string> value;  // JSON, "null" at first
  };

  // `first`: the revision that the first change gets, greater than any of an earlier run: the
  // wall-clock milliseconds do.
  explicit Parts(std::int64_t first) : next_(first) {}

  // An equal value is no change.
  void Set(std::string_view name, std::string json, bool simulated);
  // Those with a greater revision, in its order; all when `after` is greater than any there is.
  [[nodiscard]] std::vector<Part> Since(std::int64_t after) const;
  [[nodiscard]] std::int64_t revision() const;
  // Called after every change, on the thread that made it, with nothing locked. Null: nobody.
  void OnChange(std::function<void()> tell);

 private:
  mutable std::mutex mutex_;
  std::vector<Part> parts_;  // by revision
  std::int64_t next_;
  std::shared_ptr<const std::function<void()>> tell_;
};

}  // namespace bk::app
