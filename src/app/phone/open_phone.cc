#include "app/phone/open_phone.h"

#include <algorithm>
#include <vector>

#include "app/phone/messages.h"

namespace bk::app {
namespace {

using ports::PhoneSeen;
using ports::PhoneState;

std::string NameOf(const PhoneSeen& phone) {
  return phone.model.empty() ? phone.serial : phone.serial + " (" + phone.model + ")";
}

// Why `serial` cannot be opened, by what is listed; empty: the list does not show it.
std::string WhyNot(const std::vector<PhoneSeen>& phones, const std::string& serial,
                   const language::Language& language) {
  if (phones.empty()) return language.Say(kLiveSays.none);
  if (!serial.empty()) {
    const auto one = std::ranges::find(phones, serial, &PhoneSeen::serial);
    return one == phones.end() ? language.Say(kLiveSays.not_connected, {{"serial", serial}})
                               : StateSentence(*one, language);
  }
  // As the adapter chooses: what does not answer yet does not count beside what does.
  std::vector<PhoneSeen> there;
  for (const PhoneSeen& phone : phones)
    if (phones.size() == 1 ||
        (phone.state != PhoneState::kOffline && phone.state != PhoneState::kConnecting))
      there.push_back(phone);
  if (there.size() == 1) return StateSentence(there.front(), language);
  std::string names;
  for (const PhoneSeen& phone : phones) names += (names.empty() ? "" : ", ") + NameOf(phone);
  return language.Say(kLiveSays.several, {{"names", names}});
}

}  // namespace

std::string StateSentence(const PhoneSeen& phone, const language::Language& language) {
  if (language.IsEnglish()) return phone.sentence;
  switch (phone.state) {
    case PhoneState::kReady:
      return {};
    case PhoneState::kUnauthorised:
      return language.Say(kLiveSays.allow_computer);
    case PhoneState::kNoPermissions:
      return language.Say(kLiveSays.no_permissions, {{"english", phone.sentence}});
    case PhoneState::kOffline:
      return language.Say(kLiveSays.offline);
    case PhoneState::kNotAndroid:
      return language.Say(kLiveSays.not_android);
    case PhoneState::kConnecting:
      return language.Say(kLiveSays.connecting);
  }
  return phone.sentence;
}

std::string TroubleSentence(const Error& listing, const language::Language& language) {
  // Nothing but a missing adb is not found.
  if (!language.IsEnglish() && listing.code == ErrorCode::kNotFound)
    return language.Say(kLiveSays.no_adb);
  return listing.message;
}

Result<std::unique_ptr<ports::Phone>> OpenPhone(ports::Phones& phones, const std::string& serial,
                                                const language::Language& language) {
  auto phone = phones.Open(serial);
  if (phone || language.IsEnglish() || phone.error().code == ErrorCode::kStopped) return phone;
  const auto listed = phones.List();
  if (!listed) {
    if (listed.error().code == ErrorCode::kNotFound)
      return Fail(phone.error().code, TroubleSentence(listed.error(), language));
    return phone;
  }
  std::string why = WhyNot(*listed, serial, language);
  if (why.empty()) return phone;
  return Fail(phone.error().code, std::move(why));
}

}  // namespace bk::app
