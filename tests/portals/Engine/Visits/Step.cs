namespace Invoicing.Portals.Engine.Visits;

/// <summary>Names what a page is for, so that faults and ground truth can speak of it.</summary>
public sealed record Step(string Name);

/// <summary>How long a real server works on it, in seconds between two bounds.</summary>
public sealed record Duration(double Low, double High);

/// <summary>On a page that posts back to itself, what pressing this button is for.</summary>
public sealed record ButtonStep(string Button, string Name, Duration? Duration);

public static class StepNames
{
    public static TBuilder Step<TBuilder>(this TBuilder builder, string name)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new Step(name));

    public static TBuilder Button<TBuilder>(this TBuilder builder, string button, string name, Duration? duration = null)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ButtonStep(button, name, duration));

    public static TBuilder Takes<TBuilder>(this TBuilder builder, double low, double high)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new Duration(low, high));

    /// <summary>The step that this visit takes; null on paths that are nobody's page.</summary>
    public static string? Of(Visit visit) => Pressed(visit)?.Name ?? visit.Context.GetEndpoint()?.Metadata.GetMetadata<Step>()?.Name;

    public static Duration? DurationOf(Visit visit) => Pressed(visit)?.Duration ?? visit.Context.GetEndpoint()?.Metadata.GetMetadata<Duration>();

    private static ButtonStep? Pressed(Visit visit) =>
        visit.Context.GetEndpoint()?.Metadata.GetOrderedMetadata<ButtonStep>().FirstOrDefault(step => visit.Field(step.Button).Length > 0);
}
