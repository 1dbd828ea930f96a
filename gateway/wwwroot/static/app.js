// The old single-page application is gone; whoever still loads it is led to the current page.
window.location.replace('/static/index.html');
