using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Invoicing.BrowserAutomation.Tests.Bench;

/// <summary>Keeps the errors that the worker logs, for a failing test's message.</summary>
internal sealed class Complaints : ILoggerProvider, ILogger
{
    internal ConcurrentQueue<string> All { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            All.Enqueue($"{formatter(state, exception)} {exception}");
        }
    }

    public void Dispose()
    {
    }
}
