/* SPDX-License-Identifier: MIT */
/* From a reader's fault to a report. */
#ifndef UPSELL_JSON_FAULT_H
#define UPSELL_JSON_FAULT_H

#include "base/report.h"
#include "json/reader.h"

/* Reports the reader's fault, if it has one, with pointer and byte position. */
void upsell__report_fault(upsell__sink *sink, const upsell__reader *reader);

/* Reports a problem with the value that the reader is at, found at `offset`. */
void upsell__report_here(upsell__sink *sink, const upsell__reader *reader, upsell_status code,
                         int64_t offset, const char *message, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 5, 6)))
#endif
    ;

#endif
