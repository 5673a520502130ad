// What the tests over stock adb have in common: a private server for all tests of a suite, skipped
// where there is no adb; and a phone on a socket that is a table.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "adb/stock_adb.h"
#include "simulate/adbd/table_services.h"

namespace bk::testing {

// Bytes that do not repeat within a message.
inline std::string Binary(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31 + i / 251);
  return bytes;
}

class WithStockAdb : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!StockAdb::Path().empty()) adb_ = std::make_unique<StockAdb>();
  }
  static void TearDownTestSuite() { adb_.reset(); }
  void SetUp() override {
    if (!adb_) GTEST_SKIP() << "skipped: no adb here";
  }

  static inline std::unique_ptr<StockAdb> adb_;
};

class WithTablePhone : public WithStockAdb {
 protected:
  static constexpr std::size_t kBig = 3'000'000;

  // `file_bytes` of "/bugreports/a.zip".
  explicit WithTablePhone(std::size_t file_bytes) {
    table_.Add("complain", {.out = "some\n", .err = "oh\n", .exit = 3});
    table_.Add("big", {.out = Binary(kBig)});
    table_.AddFile("/bugreports/a.zip", std::make_shared<const std::string>(Binary(file_bytes)));
  }
  void Serve(simulate::adbd::Profile profile = {}, simulate::adbd::Owner owner = {},
             std::vector<simulate::adbd::Trouble> troubles = {}) {
    device_ = std::make_unique<simulate::adbd::Device>(table_, std::move(profile), owner,
                                                       std::move(troubles), 5);
    phone_ = std::make_unique<PhoneOnThread>(*device_);
  }
  void TearDown() override {
    if (phone_) (void)adb_->Do({"disconnect", phone_->address()});
    phone_.reset();
  }

  simulate::adbd::TableServices table_;
  std::unique_ptr<simulate::adbd::Device> device_;
  std::unique_ptr<PhoneOnThread> phone_;
};

}  // namespace bk::testing
