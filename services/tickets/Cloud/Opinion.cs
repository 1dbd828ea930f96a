using Invoicing.Tickets.Reading;

namespace Invoicing.Tickets.Cloud;

/// <summary>What an engine outside read on a photograph, before anybody has looked whether it can be so.</summary>
/// <param name="Text">Empty for an engine that tells fields alone.</param>
/// <param name="Usage">What was paid for it.</param>
internal sealed record Opinion(string Text, IReadOnlyDictionary<string, ReadField> Fields, IReadOnlyList<ReadUrl> Urls, CloudUsage Usage);
