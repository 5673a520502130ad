// Targets, bodies and the whole of what an order may hold: nothing may end the program, and every
// refusal has a sentence.
#include <cstddef>
#include <span>
#include <string_view>

#include "app/desk/desk_testing.h"
#include "base/bytes.h"
#include "base/result.h"
#include "server/json_body.h"
#include "server/routes.h"
#include "server/target.h"

namespace {

using namespace bk;  // NOLINT: this file is about nothing else

struct Fixture {
  app::testing::TempFolder folder;
  std::unique_ptr<app::Desk> desk;
  Fixture() {
    app::DeskOptions options = app::testing::OptionsIn(folder, nullptr);
    options.work = false;  // orders alone: a task that was begun stays so
    desk = std::make_unique<app::Desk>(std::move(options));
  }
};

}  // namespace

// "METHOD TARGET\nBODY"
void Fuzz(std::span<const std::byte> bytes) {
  static Fixture fixture;
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  const std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos) return;
  const auto target = server::ParseTarget(line.substr(blank + 1));
  if (!target) return;
  const auto matched = server::Match(line.substr(0, blank), target->path);
  if (matched.route == nullptr) return;
  const std::string_view what = matched.route->path;
  app::Answered answered;
  switch (matched.route->kind) {
    case server::RouteKind::kGet:
      answered = fixture.desk->Get(what, target->query);
      break;
    case server::RouteKind::kPost: {
      const auto body =
          server::ParseOrder(end == std::string_view::npos ? std::string_view() : text.substr(end));
      if (!body) return;
      answered = fixture.desk->Post(what, *body);
      break;
    }
    case server::RouteKind::kDelete:
      answered = fixture.desk->Delete(what.substr(0, what.rfind('/')), matched.id);
      break;
    case server::RouteKind::kUpload:
    case server::RouteKind::kEvents:
    case server::RouteKind::kHello:
      return;
  }
  BK_CHECK(answered.status < 400 || answered.body["error"]["text"].is_string());
  BK_CHECK(answered.raw || !answered.body.dump().empty());
}
