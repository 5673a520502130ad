#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "adapters/adb/adb.h"
#include "adapters/adb/link.h"
#include "adapters/adb/phone.h"
#include "adapters/adb/phone_states.h"
#include "adapters/adb/server.h"
#include "adapters/adb/ticker.h"
#include "codec/adb/smart_socket.h"

namespace bk::adapters::adb {
namespace {

namespace asio = boost::asio;
using ports::PhoneSeen;
using ports::PhoneState;

using More = std::function<bool(std::span<const PhoneSeen>)>;

std::vector<PhoneSeen> ReadList(std::string_view text) {
  std::vector<PhoneSeen> phones;
  for (const auto& line : codec::adb::ParseDevices(text))
    phones.push_back(SeenAs(line, UsbVendorOf));
  return phones;
}

// Each change of the short list is worth a look at the long one.
struct Tracking {
  const More& more;
  std::chrono::milliseconds ask;
  std::vector<PhoneSeen> phones;
  bool begun = false, enough = false;
  Link::Ended ended = Link::Ended::kNot;
};

asio::awaitable<bool> LookClosely(Talk& talk, Tracking& tracking) {
  Link link(talk, tracking.ask);
  if (!co_await link.Connect()) co_return false;
  const Link::Reply reply = co_await link.Ask("host:devices-l");
  if (!reply.okay) co_return false;
  const std::optional<std::string> text = co_await link.ReadText();
  if (!text) co_return false;
  tracking.phones = ReadList(*text);
  co_return true;
}

asio::awaitable<void> Track(Talk& talk, Tracking& tracking) {
  Link link(talk, std::chrono::hours(24));
  const auto tell = [&] {
    if (tracking.enough || tracking.more(tracking.phones)) return;
    tracking.enough = true;
    link.Close(Link::Ended::kByUs);
  };
  if (co_await link.Connect()) {
    const Link::Reply reply = co_await link.Ask("host:track-devices");
    Ticker ticker(talk, [&] {
      if (tracking.begun) tell();
    });
    while (reply.okay && !tracking.enough) {
      const std::optional<std::string> changed = co_await link.ReadText();
      if (!changed) break;
      const bool seen = co_await LookClosely(talk, tracking);
      if (!seen) break;
      tracking.begun = true;
      tell();
    }
  }
  tracking.ended = link.ended();
}

class AdbPhones : public ports::Phones {
 public:
  explicit AdbPhones(AdbOptions options) : options_(std::move(options)) {}

  Result<std::vector<PhoneSeen>> List() override {
    BK_TRY(const auto server, Open());
    return ListOf(*server);
  }

  Status Track(const More& more) override {
    BK_TRY(const auto server, Open());
    for (bool again = false;; again = true) {
      BK_TRY(auto phones, ListOf(*server));  // starts the server
      Tracking tracking{.more = more, .ask = options_.ask, .phones = std::move(phones)};
      Talk talk(server->place());
      talk.Run(adb::Track(talk, tracking));
      if (tracking.enough) return {};
      if (talk.stopped()) return Fail(ErrorCode::kStopped, "Stopped.");
      if (again && !tracking.begun)
        return Fail(ErrorCode::kNotReadable,
                    fmt::format("The adb server at {} does not tell which phones come and go.",
                                server->place().Text()));
      if (const Status waited = server->Pause(options_.retry); !waited) return waited;
    }
  }

  Result<std::unique_ptr<ports::Phone>> Open(const std::string& serial) override {
    const std::string wanted = serial.empty() ? options_.environment("ANDROID_SERIAL") : serial;
    BK_TRY(const auto server, Open());
    BK_TRY(auto phones, ListOf(*server));
    const auto listed = [&] {
      return std::ranges::any_of(phones, [&](const PhoneSeen& phone) {
        return phone.serial == wanted && phone.state != PhoneState::kOffline;
      });
    };
    if (IsHostAndPort(wanted) && !listed()) {
      BK_TRY(phones, Connect(*server, wanted));
    }
    BK_TRY(const PhoneSeen chosen, Choose(phones, wanted));
    return OpenPhone(server, chosen.serial);
  }

 private:
  [[nodiscard]] Result<std::shared_ptr<const Server>> Open() const {
    BK_TRY(ServerPlace place, FindServer(options_.environment));
    place.stop_descriptor = options_.stop_descriptor;
    return std::make_shared<const Server>(place, options_);
  }

  static Result<std::vector<PhoneSeen>> ListOf(const Server& server) {
    BK_TRY(const std::string text, server.Ask("host:devices-l"));
    return ReadList(text);
  }

  // Over the network; the list once the phone has said who it is.
  static Result<std::vector<PhoneSeen>> Connect(const Server& server, const std::string& address) {
    BK_TRY(const std::string answer, server.Ask("host:connect:" + address));
    if (auto failure = ConnectFailure(answer, address))
      return Fail(ErrorCode::kNotFound, std::move(*failure));
    const auto end = std::chrono::steady_clock::now() + server.options().introduction;
    while (true) {
      BK_TRY(auto phones, ListOf(server));
      const bool settled = std::ranges::any_of(phones, [&](const PhoneSeen& phone) {
        return phone.serial == address &&
               (phone.state == PhoneState::kReady || phone.state == PhoneState::kNotAndroid);
      });
      if (settled || std::chrono::steady_clock::now() >= end) return phones;
      if (const Status waited = server.Pause(server.options().retry); !waited)
        return std::unexpected(waited.error());
    }
  }

  AdbOptions options_;
};

}  // namespace

std::unique_ptr<ports::Phones> MakePhones(AdbOptions options) {
  if (!options.environment)
    options.environment = [](const char* name) {
      const char* value = std::getenv(name);
      return std::string(value != nullptr ? value : "");
    };
  return std::make_unique<AdbPhones>(std::move(options));
}

}  // namespace bk::adapters::adb
