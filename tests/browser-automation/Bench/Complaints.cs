using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Invoicing.BrowserAutomation.Tests.Bench;

/// <summary>Keeps what the worker logs, from a level on: for a failing test's message, and to look for what must not be in it.</summary>
internal sealed class Complaints(LogLevel from) : ILoggerProvider, ILogger
{
    internal ConcurrentQueue<string> All { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= from;

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
