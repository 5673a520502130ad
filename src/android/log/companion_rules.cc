// What companion apps say about the band and their server. Gadgetbridge by its source (BtLEQueue,
// InitOperation, the fetch operations); the makers' apps by the server's error codes and by words,
// in lines that they wrote themselves.
#include <optional>

#include "android/dump_text.h"
#include "android/log/rules.h"
#include "base/text.h"

namespace bk::android::log {
namespace {

bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool FromGadgetbridge(const LogLine& line, const RuleContext& context) {
  return line.gadgetbridge || Has(line.tag, "gadgetbridge") ||
         Has(context.Writer(line), "gadgetbridge");
}

// "connection state change, newState: 0 (failed: 133)", "connection state change, newState: 2"
void ConnectionState(const LogLine& line, RuleContext& context) {
  if (!FromGadgetbridge(line, context)) return;
  const auto state = NumberAfter(line.message, "newState:");
  const auto failed = NumberAfter(line.message, "failed:");
  const std::string_view writer = context.Writer(line);
  bool& up = context.connected["gadgetbridge"];
  if (state == 2 && !failed.value_or(0)) {
    context.say(FactKind::kConnected, 0, {}, writer, line.message);
    up = true;
  } else if (state == 0) {
    context.say(failed.value_or(0) != 0 && !up ? FactKind::kConnectFailed : FactKind::kDisconnected,
                failed.value_or(0), {}, writer, line.message);
    up = false;
  }
}

// "handleDisconnected: 133"
void HandleDisconnected(const LogLine& line, RuleContext& context) {
  if (!FromGadgetbridge(line, context)) return;
  const auto status = NumberAfter(line.message, "handleDisconnected");
  if (!status) return;
  bool& up = context.connected["gadgetbridge"];
  if (up) context.say(FactKind::kDisconnected, *status, {}, context.Writer(line), line.message);
  up = false;
}

template <FactKind kKind>
void Gadgetbridge(const LogLine& line, RuleContext& context) {
  if (FromGadgetbridge(line, context))
    context.say(kKind, 0, AddressIn(line.message), context.Writer(line), line.message);
}

bool WordChar(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Whether `code` stands in `text` as the value of something called code or error:
// "error_code":"0106", errorCode=0106, "error 0106", {"code":"0117"}.
bool NamesCode(std::string_view text, std::string_view code) {
  for (std::size_t at = text.find(code); at != std::string_view::npos;
       at = text.find(code, at + 1)) {
    const std::size_t end = at + code.size();
    if ((end < text.size() && (WordChar(text[end]) || text[end] == '.')) ||
        (at > 0 && WordChar(text[at - 1])))
      continue;
    std::size_t name = at;
    while (name > 0 && at - name < 6 && Has(" :=\"'\\(", text.substr(name - 1, 1))) --name;
    const std::string_view before = text.substr(name > 16 ? name - 16 : 0, name > 16 ? 16 : name);
    for (const std::string_view word : {"code", "Code", "CODE", "error", "Error", "ERROR"})
      if (before.ends_with(word)) return true;
  }
  return false;
}

template <int kCode>
void ServerError(const LogLine& line, RuleContext& context) {
  const std::string_view code = kCode == 106 ? "0106" : "0117";
  if (!NamesCode(line.message, code)) return;
  const std::string_view writer = context.Writer(line);
  bool maker = false;
  for (const std::string_view host : {"huami", "mi-fit", "mifit", "zepp"})
    maker = maker || ContainsNoCase(line.message, host) || ContainsNoCase(line.tag, host);
  if (writer.empty() && !maker) return;
  context.say(FactKind::kServerError, kCode, {}, writer, line.message);
}

void LoginFailed(const LogLine& line, RuleContext& context) {
  const std::string_view writer = context.Writer(line);
  if (writer.empty()) return;
  context.say(FactKind::kLoginFailed, 0, {}, writer, line.message);
}

// "setCharacteristicNotification() - uuid: 00000005-0000-3512-2118-0009af100700 enable: true"
// Android's own line in the app's process, whoever wrote the app. Every app that is known turns the
// band's data on before each round and off after it: Gadgetbridge by its source, the maker's by
// captures.
void FetchListens(const LogLine& line, RuleContext& context) {
  if (line.tag != "BluetoothGatt") return;
  context.say(line.message.ends_with("true") ? FactKind::kFetchOpened : FactKind::kFetchClosed, 0,
              {}, context.Writer(line), line.message);
}

// "android.content.pm.PackageManager$NameNotFoundException: com.google.android.gms", as an error of
// the app itself: what it only probes for is told in quieter levels.
void PackageMissed(const LogLine& line, RuleContext& context) {
  const std::string_view writer = context.Writer(line);
  if (line.level == 'E' && !writer.empty())
    context.say(FactKind::kPackageMissed, 0, {}, writer, line.message);
}

constexpr Rule kRules[] = {
    {"connection state change, newState: ", ConnectionState},
    {"handleDisconnected: ", HandleDisconnected},
    {"Attempting to connect to ", Gadgetbridge<FactKind::kConnectAttempt>},
    {"Authentication failed, disconnecting", Gadgetbridge<FactKind::kAuthFailed>},
    {"Authenticated, now initialize", Gadgetbridge<FactKind::kAuthSucceeded>},
    {"Auth Success", Gadgetbridge<FactKind::kAuthSucceeded>},
    // "fetch activity data has finished round 3, got 1440 bytes in buffer"
    {" has finished round ", Gadgetbridge<FactKind::kSyncCompleted>},
    {"00000005-0000-3512-2118-0009af100700 enable: ", FetchListens},
    {"PackageManager$NameNotFoundException: ", PackageMissed},
    {"0106", ServerError<106>},
    {"0117", ServerError<117>},
    {"login fail", LoginFailed},
    {"Login fail", LoginFailed},
    {"loginFail", LoginFailed},
    {"LoginFail", LoginFailed},
    {"login_fail", LoginFailed},
    {"login error", LoginFailed},
    {"Login error", LoginFailed},
    {"loginError", LoginFailed},
};

}  // namespace

std::span<const Rule> CompanionRules() { return kRules; }

}  // namespace bk::android::log
