// The old single-page application is gone; whoever still loads it is led to the console.
window.location.replace('/console/');
