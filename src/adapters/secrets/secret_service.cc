#include "adapters/secrets/secret_service.h"

#include <sdbus-c++/sdbus-c++.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace bk::adapters {
namespace {

using Path = sdbus::ObjectPath;
using Paths = std::vector<Path>;
using Attributes = std::map<std::string, std::string>;
using Properties = std::map<std::string, sdbus::Variant>;
// Session, parameters of its algorithm, value, type.
using Secret =
    sdbus::Struct<Path, std::vector<std::uint8_t>, std::vector<std::uint8_t>, std::string>;

constexpr const char* kName = "org.freedesktop.secrets";
constexpr const char* kRoot = "/org/freedesktop/secrets";
constexpr const char* kService = "org.freedesktop.Secret.Service";
constexpr const char* kCollection = "org.freedesktop.Secret.Collection";
constexpr const char* kItem = "org.freedesktop.Secret.Item";
constexpr const char* kNothing = "/";  // no prompt, no collection
constexpr std::chrono::seconds kCallTime{5};

std::unexpected<Error> Locked() {
  return Fail(ErrorCode::kRefused,
              "The desktop's secret store is locked. Unlock it (log in to the desktop, or open its "
              "password manager) and try again.");
}
std::unexpected<Error> Failed(const sdbus::Error& error) {
  if (error.getName() == "org.freedesktop.Secret.Error.IsLocked") return Locked();
  return Fail(ErrorCode::kNotReadable,
              "The desktop's secret store did not do what it was asked: " + error.getMessage());
}

class SecretService : public ports::Store {
 public:
  // Throws sdbus::Error.
  SecretService() : bus_(sdbus::createSessionBusConnection()), service_(Proxy(kRoot)) {
    sdbus::Variant output;
    Call(*service_, kService, "OpenSession",
         std::tuple(std::string("plain"), sdbus::Variant(std::string())), output, session_);
    Call(*service_, kService, "ReadAlias", std::tuple(std::string("default")), collection_);
  }
  [[nodiscard]] bool usable() const { return collection_ != kNothing && !collection_.empty(); }

  Result<std::optional<Kept>> Load(const std::string& name) override {
    try {
      BK_TRY(const Paths items, Find(name));
      if (items.empty()) return std::nullopt;
      std::map<Path, Secret> secrets;
      Call(*service_, kService, "GetSecrets", std::tuple(items, session_), secrets);
      if (secrets.empty()) return Locked();
      const auto& bytes = secrets.begin()->second.get<2>();
      return Kept{std::string(bytes.begin(), bytes.end()), 0};
    } catch (const sdbus::Error& error) {
      return Failed(error);
    }
  }

  Status Save(const std::string& name, std::string_view text) override {
    try {
      if (const Status open = Unlock({collection_}); !open) return open;
      const Properties about = {
          {std::string(kItem) + ".Label", sdbus::Variant("bandkeeper: the key of a band")},
          {std::string(kItem) + ".Attributes", sdbus::Variant(AttributesOf(name))}};
      const Secret secret{
          session_, {}, std::vector<std::uint8_t>(text.begin(), text.end()), "text/plain"};
      Path item, prompt;
      constexpr bool kReplace = true;
      Call(*Proxy(collection_), kCollection, "CreateItem", std::tuple(about, secret, kReplace),
           item, prompt);
      if (prompt != kNothing) return Locked();
      return {};
    } catch (const sdbus::Error& error) {
      return Failed(error);
    }
  }

  Status Remove(const std::string& name) override {
    try {
      BK_TRY(const Paths items, Find(name));
      for (const Path& item : items) {
        Path prompt;
        Call(*Proxy(item), kItem, "Delete", std::tuple<>(), prompt);
        if (prompt != kNothing) return Locked();
      }
      return {};
    } catch (const sdbus::Error& error) {
      return Failed(error);
    }
  }

 private:
  std::unique_ptr<sdbus::IProxy> Proxy(const std::string& path) {
    return sdbus::createProxy(*bus_, kName, path);
  }
  template <class... In, class... Out>
  static void Call(sdbus::IProxy& proxy, const char* interface, const char* method,
                   const std::tuple<In...>& in, Out&... out) {
    auto call = proxy.callMethod(method);
    call.onInterface(interface).withTimeout(kCallTime);
    std::apply(
        [&](const auto&... each) {
          if constexpr (sizeof...(each) > 0) call.withArguments(each...);
        },
        in);
    call.storeResultsTo(out...);
  }
  static Attributes AttributesOf(const std::string& name) {
    return {{"xdg:schema", "org.bandkeeper.Key"}, {"application", "bandkeeper"}, {"name", name}};
  }

  // Unlocked. kRefused where that wants the person.
  Result<Paths> Find(const std::string& name) {
    Paths open, locked;
    Call(*service_, kService, "SearchItems", std::tuple(AttributesOf(name)), open, locked);
    if (!open.empty() || locked.empty()) return open;
    if (const Status unlocked = Unlock(locked); !unlocked) return std::unexpected(unlocked.error());
    return locked;
  }

  Status Unlock(const Paths& what) {
    Paths unlocked;
    Path prompt;
    Call(*service_, kService, "Unlock", std::tuple(what), unlocked, prompt);
    if (prompt != kNothing || unlocked.size() < what.size()) return Locked();
    return {};
  }

  std::unique_ptr<sdbus::IConnection> bus_;
  std::unique_ptr<sdbus::IProxy> service_;
  Path session_, collection_;
};

}  // namespace

bool IsLocalBus(std::string_view address) {
  if (address.empty()) return false;
  while (!address.empty()) {
    if (!address.starts_with("unix:")) return false;
    const std::size_t next = address.find(';');
    address.remove_prefix(next == std::string_view::npos ? address.size() : next + 1);
  }
  return true;
}

Result<std::unique_ptr<ports::Store>> OpenSecretService() {
  // Without an address sd-bus takes $XDG_RUNTIME_DIR/bus, a unix socket.
  const char* address = std::getenv("DBUS_SESSION_BUS_ADDRESS");
  if (address != nullptr && !IsLocalBus(address))
    return Fail(ErrorCode::kNotFound, "the session bus is not a socket of this computer");
  try {
    auto service = std::make_unique<SecretService>();
    if (!service->usable())
      return Fail(ErrorCode::kNotFound, "the desktop's secret store has no default collection");
    return service;
  } catch (const sdbus::Error& error) {
    return Fail(ErrorCode::kNotFound, "there is no secret store: " + error.getMessage());
  }
}

}  // namespace bk::adapters
