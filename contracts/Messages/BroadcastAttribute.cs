namespace Invoicing.Messages;

/// <summary>Heard by whoever listens at the moment; nobody listening loses nothing.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BroadcastAttribute : Attribute;
