// The keys of bands in the desktop's secret store where there is one, else in files (0600).
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "ports/store.h"

namespace bk::adapters {

class KeyStore : public ports::Store {
 public:
  using Open = std::function<Result<std::unique_ptr<ports::Store>>()>;
  // `open`: the secret store, asked when a key is wanted, and again after it was not there. May be
  // called from several threads.
  KeyStore(std::unique_ptr<ports::Store> files, Open open);
  ~KeyStore() override;

  // Names that begin with "key-" may go to the secret store; everything else is in the files.
  // What is in a file is newer than what the secret store has of that name.
  Result<std::optional<Kept>> Load(const std::string& name) override;
  // A secret store that is away or locked is no error: then it is a file. A key that goes into the
  // secret store leaves no file.
  Status Save(const std::string& name, std::string_view text) override;
  // kRefused: the secret store has it and is locked.
  Status Remove(const std::string& name) override;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace bk::adapters
