// The phone on the cable as one source of a case: found, asked, and with `deep` made to write a
// whole bug report, which is fetched.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/phone/collect_phone.h"
#include "app/world.h"
#include "base/result.h"
#include "language/language.h"
#include "ports/files.h"

namespace bk::app {

struct PhoneRequest {
  std::string serial;    // empty: ANDROID_SERIAL, else the only one
  bool deep = false;     // a whole bug report too, which takes minutes
  bool patient = false;  // waits its time out for each command; so does `deep`
};

struct LivePhone {
  CollectedPhone collected;
  std::unique_ptr<ports::Blob>
      report;               // null: not asked for, or not to be had (then a loss says why)
  std::string report_name;  // "bugreport-….zip"
};

// Errors: kNotFound (no phone, no adb), kRefused (the phone's state forbids talking; the sentence
// says what to do), kInvalid (several phones), kStopped, kNotReadable. Where somebody watches the
// progress, a phone that asks its owner for leave is waited for, a minute at most. `language` of
// what is told; null: English.
Result<LivePhone> ReadLivePhone(const PhoneRequest& request,
                                std::span<const evidence::CompanionApp> apps, const World& world,
                                const language::Language* language = nullptr);

}  // namespace bk::app
