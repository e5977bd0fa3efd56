// Forms: what is left to type, calendars, files checked before they travel, text that is never lost.
"use strict";

const VIETNAMESE = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 1 });
