/* SPDX-License-Identifier: MIT */
#include <upsell/status.h>
#include <upsell/version.h>

#define TEXT_OF_(x) #x
#define TEXT_OF(x) TEXT_OF_(x)

const char *upsell_version(void)
{
  return TEXT_OF(UPSELL_VERSION_MAJOR) "." TEXT_OF(UPSELL_VERSION_MINOR) "." TEXT_OF(
      UPSELL_VERSION_PATCH);
}

int32_t upsell_abi_version(void)
{
  return UPSELL_ABI_VERSION;
}

const char *upsell_status_name(upsell_status status)
{
  switch (status) {
#define CASE(symbol, number, name, message)                                                        \
  case number:                                                                                     \
    return name;
    UPSELL_STATUS_LIST(CASE)
#undef CASE
  default:
    return "unknown_status";
  }
}

const char *upsell_status_message(upsell_status status)
{
  switch (status) {
#define CASE(symbol, number, name, message)                                                        \
  case number:                                                                                     \
    return message;
    UPSELL_STATUS_LIST(CASE)
#undef CASE
  default:
    return "unknown status";
  }
}
