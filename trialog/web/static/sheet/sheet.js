// The print button works only where scripts do, so it is shown by the script.
'use strict';

const button = document.getElementById('print');
button.hidden = false;
button.addEventListener('click', () => window.print());
