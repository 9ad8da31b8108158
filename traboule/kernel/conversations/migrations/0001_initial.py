import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '__first__'),
        ('spaces', '0002_referent'),
    ]

    operations = [
        migrations.CreateModel(
            name='Conversation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='clé')),
                ('title', models.CharField(max_length=200, verbose_name='à propos de')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='commencée le')),
                ('last_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='dernier message le')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='fermée le')),
                ('closed_because', models.CharField(blank=True, max_length=200, verbose_name='pourquoi')),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conversations', to='spaces.space', verbose_name='espace')),
            ],
            options={
                'verbose_name': 'conversation',
                'verbose_name_plural': 'conversations',
                'ordering': ['-last_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='nom montré')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='lu jusqu’au')),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='conversations.conversation', verbose_name='conversation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conversation_parties', to=settings.AUTH_USER_MODEL, verbose_name='personne')),
            ],
            options={
                'verbose_name': 'personne d’une conversation',
                'verbose_name_plural': 'personnes des conversations',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('conversation', 'person'), name='conversations_party_once', violation_error_message='Cette personne y est déjà.')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='clé')),
                ('text', models.TextField(max_length=2000, verbose_name='message')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='envoyé le')),
                ('hidden_at', models.DateTimeField(blank=True, null=True, verbose_name='masqué le')),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='conversations.conversation', verbose_name='conversation')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to='conversations.party', verbose_name='de')),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
                'ordering': ['sent_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Blocking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='depuis le')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocked_by', to=settings.AUTH_USER_MODEL, verbose_name='bloque')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blockings', to=settings.AUTH_USER_MODEL, verbose_name='personne')),
            ],
            options={
                'verbose_name': 'blocage',
                'verbose_name_plural': 'blocages',
                'ordering': ['-at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('person', 'other'), name='conversations_blocking_once', violation_error_message='Cette personne est déjà bloquée.'), models.CheckConstraint(condition=models.Q(('person', models.F('other')), _negated=True), name='conversations_blocking_of_another', violation_error_message='On ne peut pas se bloquer soi-même.')],
            },
        ),
    ]
