namespace Invoicing.Portals.Engine.Visits;

/// <summary>Names what a page is for, so that faults and ground truth can speak of it.</summary>
public sealed record Step(string Name);

public static class StepNames
{
    public static TBuilder Step<TBuilder>(this TBuilder builder, string name)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new Step(name));
}
