namespace Invoicing.Portals.Engine.Mail;

/// <summary>An e-mail on its way or arrived.</summary>
/// <param name="Form">attachments, zip, nested_zip, links, pdf_only; for decoys other_taxpayer, newsletter, duplicate, reply.</param>
/// <param name="Uuid">The CFDI it is about; null for a newsletter.</param>
/// <param name="DueAt">By the portals' clock: before it, nobody can read it.</param>
public sealed record Letter(
    string Id, string Portal, string From, string To, string Subject, string Form, Guid? Uuid, DateTimeOffset SentAt, DateTimeOffset DueAt, Lazy<byte[]> Eml);
